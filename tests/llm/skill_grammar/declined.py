"""Questions that no skill can answer, many of which share their words with one that can.

They are common knowledge, advice, opinion, the web's business (weather, news, opening hours), wordplay and small talk
that takes a language model. The honest reply says so, and how to add one.
"""

ENGLISH = """
what's the capital of france
who invented the clock
tell me about the time machine
who wrote the time machine
set the table
tell me a joke
tell me a joke about time
write me a poem about autumn
what's the weather like today
will it rain tomorrow
who won the world cup in two thousand ten
how many people live in germany
what happened in 1945
how old is the universe
what time does the supermarket close
what time does the movie start
when does the sun set tonight
what's the best time to visit japan
what is a light year
convert this document to pdf
how do i convert my garage into a bedroom
what's the date of the battle of hastings
when did the second world war end
are dates healthy
who invented the metric system
what does divide and conquer mean
why do people say time is money
what's the temperature outside
how cold is it in moscow
help me write an essay
help me with my homework
i need help choosing a gift
which timer should i buy
how long should i boil an egg
how long does it take to fly to london
what's the plus side of living alone
who owns the new york times
set the mood
set me up on a date
cancel my subscription
how much is a tesla
how much does a gallon of milk cost
how far is it from london to paris
how much does a kilo of rice cost
what is love
what's the meaning of life
who was the first person on the moon
how do airplanes fly
translate good morning into korean
summarize the news for me
what should i cook for dinner tonight
recommend a movie under two hours
what can i cook in ten minutes
how do i run five kilometers faster
how many calories are in an apple
what's the population of seoul
who is the president of the united states
why is the sky blue
explain quantum physics to me
what is the square root of happiness
what's a good birthday present for a ten year old
how do i take a second mortgage
give me a second opinion on my essay
what is a minute steak
what does hour of the wolf mean
who sang twenty four hours
tell me the story of one thousand and one nights
what's the plot of twelve angry men
why are there seven days in a week
who named the days of the week
where does the word friday come from
what is black friday
what happened on september eleventh two thousand and one
what are the lyrics of yesterday by the beatles
who starred in the day after tomorrow
is tomorrow a holiday in spain
how do i get better at multiplication
who invented the plus sign
what is the history of the percent sign
why do leap years exist
how do calculators work
what does it mean to be over the hill
how do i get over a breakup
should i take five courses this semester
is it a good time to buy a house
what's the difference between a crocodile and an alligator
what's the difference between a mile and a nautical mile race
who ran the first four minute mile
what is the green mile about
how do i lose ten pounds
how do i get rid of a foot cramp
what is the pound sterling
how many pounds should a newborn weigh
who plays for the houston rockets
repeat offenders should they go to prison
do history's mistakes repeat themselves
what is a repeat prescription
why do children say things again and again
do you think robots will take over
what do you think about love
do you dream
what's your favorite color
can you speak french
can you sing me a song
open the browser
play some music
turn on the lights
call my sister
send an email to john
what's new in the stock market
how is the traffic
where can i buy a watch
my watch stopped what should i do
how does a sundial work
what's big ben
what is greenwich mean time
what are time zones for
why does london have so many tourists
tell me something about tokyo
what's the best restaurant in new york
what food is berlin famous for
i have been feeling down for two weeks
i was born in nineteen ninety
how many timers does a chess match need
what is a time bomb
how do kitchen timers work
what's the half life of caffeine
is half the world asleep
what happens when you square a circle in geometry class
who painted the square in the middle of the museum
how do i remove a stain from a carpet
why do cats purr
what's the fastest animal
name three fruits
count the words in this sentence
who is older madonna or prince
what's left of the roman empire
how long have humans existed
how many days can you survive without water
how long do dogs live
how many hours should i sleep
how many feet does a centipede have
how many cups of coffee are too many
how many ounces of water should i drink a day
""".strip().splitlines()

KOREAN = """
프랑스의 수도가 어디야
시계는 누가 발명했어
세계 2차 대전에 대해 말해줘
시간이 약이라는 말이 무슨 뜻이야
농담 하나 해 줘
가을에 대한 시 한 편 써 줘
오늘 날씨 어때
내일 비 와
월드컵 우승국이 어디야
독일 인구가 몇 명이야
1945년에 무슨 일이 있었어
우주의 나이는 얼마야
마트 몇 시에 닫아
영화 몇 시에 시작해
해는 몇 시에 져
일본 여행 언제 가는 게 좋아
광년이 뭐야
이 문서 피디에프로 변환해 줘
이순신은 언제 태어났어
한국 전쟁은 몇 년에 끝났어
대추는 건강에 좋아
미터법은 누가 만들었어
날짜 변경선이 뭐야
시간은 금이라는 말은 누가 했어
바깥 기온이 몇 도야
모스크바는 지금 추워
자기소개서 쓰는 것 좀 도와줘
숙제 좀 도와줘
선물 고르는 것 좀 도와줘
어떤 타이머를 사는 게 좋아
계란은 몇 분 삶아야 해
런던까지 비행기로 얼마나 걸려
더하기 기호는 누가 만들었어
곱하기는 왜 배워야 해
일 더하기 싫어
구독 취소해 줘
테슬라 얼마야
우유 한 병 얼마야
서울에서 부산까지 거리가 얼마야
쌀 십 킬로에 얼마야
사랑이 뭐야
인생의 의미가 뭐야
달에 처음 간 사람이 누구야
비행기는 어떻게 날아
좋은 아침을 영어로 번역해 줘
오늘 뉴스 요약해 줘
오늘 저녁 뭐 먹지
두 시간 안에 끝나는 영화 추천해 줘
10분 안에 만들 수 있는 요리 알려 줘
5분 만에 잠드는 방법 알려 줘
3일 동안 제주도 여행 계획 짜 줘
사과 한 개에 몇 칼로리야
한 시간 걸으면 몇 칼로리 빠져
서울 인구가 얼마나 돼
미국 대통령이 누구야
하늘은 왜 파래
양자 역학 설명해 줘
열 살 아이 생일 선물 추천해 줘
천일야화 줄거리 알려 줘
일주일은 왜 칠 일이야
요일 이름은 어디서 왔어
월요병이 왜 생겨
13일의 금요일은 왜 불길해
어제 같은 오늘이라는 노래 누가 불렀어
내일은 해가 뜬다는 말이 무슨 뜻이야
내일 면접인데 뭘 준비해야 해
퍼센트 기호의 역사가 궁금해
윤년은 왜 있어
계산기는 어떻게 작동해
나누기 쉬운 간식 추천해 줘
집 사기 좋은 때가 언제야
악어와 앨리게이터의 차이가 뭐야
마일리지 어떻게 쌓아
5킬로 빼려면 어떻게 해
발에 쥐가 나면 어떻게 해
파운드화가 뭐야
인치 높은 굽 어때 보여
다시 사랑할 수 있을까
다시 태어나면 뭐가 되고 싶어
역사는 왜 반복돼
로봇이 세상을 지배할까
넌 꿈을 꿔
제일 좋아하는 색이 뭐야
프랑스어 할 수 있어
노래 불러 줘
브라우저 열어 줘
음악 틀어 줘
불 켜 줘
엄마한테 전화해 줘
철수한테 메일 보내 줘
요즘 주식 어때
길 막혀
시계는 어디서 사
시계가 멈췄는데 어떻게 해
해시계는 어떤 원리야
빅벤이 뭐야
그리니치 표준시가 뭐야
시차 적응하는 법 알려 줘
도쿄에 대해 말해 줘
뉴욕에서 제일 맛있는 식당이 어디야
베를린은 뭐가 유명해
요즘 이 주째 우울해
나는 천구백구십년에 태어났어
시한폭탄이 뭐야
카페인 반감기가 얼마야
카펫 얼룩 지우는 법 알려 줘
고양이는 왜 그르렁거려
제일 빠른 동물이 뭐야
과일 이름 세 개 말해 줘
로마 제국에 남은 게 뭐야
인류는 얼마나 오래 살았어
물 없이 며칠 살 수 있어
강아지는 몇 년 살아
하루에 몇 시간 자야 해
지네는 다리가 몇 개야
커피 하루 몇 잔까지 괜찮아
물은 하루에 몇 리터 마셔야 해
만 나이가 뭐야
십일조가 뭐야
오분자기가 뭐야
삼시세끼 누가 나와
반 고흐는 어떤 사람이야
이사 가기 좋은 날이 언제야
며칠 전에 산 옷 환불돼
구구단 쉽게 외우는 법 알려 줘
백 년 동안의 고독 줄거리가 뭐야
오월의 꽃은 뭐가 있어
일본 음식 추천해 줘
삼국지에서 제일 센 장수가 누구야
팔만대장경은 어디에 있어
육이오 전쟁에 대해 설명해 줘
이 더하기라는 가게 어디 있어
사람은 왜 나이를 먹어
칠레는 어느 대륙에 있어
오늘 점심 메뉴 추천해 줘
오늘 기분이 안 좋아
지금 뭐 하고 있어
시간 여행이 가능해
시간 관리 잘하는 방법 알려 줘
회의 시간을 줄이는 방법 알려 줘
점심시간에 할 만한 운동 알려 줘
""".strip().splitlines()
