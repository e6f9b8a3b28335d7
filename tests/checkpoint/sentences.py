"""What is said: sentence patterns with slots, as data. `phrases.py` draws from them."""

from __future__ import annotations

ENGLISH = """
What time is it?
What's the time?
What time is it in {city}?
What is the time in {city}?
Tell me the time.
What day is it?
What day is it {when}?
What is the date {when}?
What is today's date?
What is tomorrow's date?
How many days until {holiday}?
How many {unit} until {day}?
What day of the week is the {ordinal} of {month}?
What day is {month} {ordinal}?
When is {holiday}?
What week is it?
Set a timer for {number} {unit}.
Set a timer for {number} {unit} and {number} {unit}.
Set a {number} minute timer.
Start a timer for {number} {unit}.
Start a {number} minute timer.
Start a stopwatch.
Cancel the timer.
Cancel all timers.
Stop the timer.
How long is left on the timer?
How much time is left?
Set an alarm for {clock}.
Set an alarm for {clock} {when}.
Wake me up at {clock}.
Wake me up at {clock} on {day}.
Remind me to {chore}.
Remind me to {chore} at {clock}.
Remind me to {chore} in {number} {unit}.
Remind me to {chore} {when}.
Remind me to {chore} on {day}.
What are my reminders for {day}?
What is the weather?
What is the weather like {when}?
What is the weather in {city}?
What is the weather in {city} {when}?
What will the weather be on {day}?
How is the weather in {city} on {day}?
Will it rain {when}?
Will it rain on {day}?
Will it snow in {city} {when}?
Is it going to rain in {city}?
How hot is it in {city}?
How cold is it outside?
What is the temperature in {city}?
What is the temperature outside?
Do I need an umbrella {when}?
Do I need a coat?
When does the sun rise {when}?
When does the sun set?
Turn on the {switched}.
Turn off the {switched}.
Turn the {switched} on.
Turn the {switched} off.
Turn on the {switched} in the {room}.
Turn off the {switched} in the {room}.
Switch on the {switched}.
Switch off the {switched} in the {room}.
Turn off all the lights.
Dim the lights in the {room}.
Make it brighter.
Make it warmer in the {room}.
Make it colder.
Set the {room} to {number} degrees.
Set the heater to {number} degrees.
Set the lights to {number} percent.
Open the {opened}.
Close the {opened}.
Open the {opened} in the {room}.
Lock the {opened}.
Is the {opened} open?
Is the {switched} on?
Play {music}.
Play {music} in the {room}.
Play the next song.
Play the last song again.
Pause the music.
Stop the music.
Skip this song.
What song is this?
Turn up the volume.
Turn down the volume.
Turn the volume down.
Turn the radio up.
Set the volume to {number}.
Louder.
Quieter, please.
Mute.
Add {item} to my {list}.
Add {item} and {item} to my {list}.
Put {item} on my {list}.
Put {item}, {item} and {item} on the {list}.
Remove {item} from my {list}.
What is on my {list}?
Read my {list}.
Clear my {list}.
Do we have {item}?
We need {item} and {item}.
Order {number} {item}.
How much are {item}?
What is {number} plus {number}?
What is {number} minus {number}?
What is {number} times {number}?
What is {number} divided by {number}?
How much is {number} plus {number}?
How much is {number} times {number}?
What is {number} plus {number} plus {number}?
What is {number} percent of {number}?
What is {big} plus {big}?
What is {big} minus {number}?
What is half of {number}?
What is the square root of {number}?
Convert {number} {measure} to {measure}.
How many {measure} is {number} {measure}?
How many {measure} are in a mile?
How many {unit} are in {number} {unit}?
Count to {number}.
Roll a die.
Flip a coin.
Pick a number between one and {number}.
What does the {document} say about {topic}?
What does my {document} say about {topic}?
What do the {documents} say about {topic}?
Find the {documents} from {month}.
Read my {documents}.
Does the {document} mention {topic}?
What is {topic} in the {document}?
Find the {document} from {month}.
Find the {document} from {day}.
Find the {document} about {topic}.
Search my documents for {topic}.
Search for {topic}.
Summarize the {document}.
Open the {document}.
Read the {document}.
Read me the {part}.
Read the {part} of the {document}.
Who wrote the {document}?
When was the {document} written?
How many pages does the {document} have?
Where does it say that?
Which document is that from?
How long is the warranty?
When is the deadline?
When is the next meeting?
How much was the invoice?
Stop.
Stop it.
Stop talking.
Please stop.
Wait.
Wait a moment.
Wait a minute.
Hold on.
Cancel.
Cancel that.
Never mind.
Repeat that.
Repeat that, please.
Say that again.
Say that again, please.
Can you repeat that?
Yes.
Yes, please.
No.
No, thank you.
Yeah.
Okay.
Right.
Sure.
Good.
Thank you.
Thanks.
Thank you very much.
Go on.
Continue.
Go back.
Next.
Help.
Slower, please.
Speak slower.
Speak louder.
Speak up.
Be quiet.
What?
Why?
Why not?
How?
Who?
Really?
I don't know.
I don't understand.
That is wrong.
That is right.
Not that one.
The {ordinal} one.
No, the {ordinal} one.
{Number}.
{Number} {unit}.
{City}.
{Day}.
In {month}.
Hello.
Hello, computer.
Hi.
Good morning.
Good afternoon.
Good evening.
Good night.
Goodbye.
See you {when}.
How are you?
Who are you?
What are you?
What can you do?
What is your name?
My name is {name}.
Are you there?
Can you hear me?
Do you speak {tongue}?
Tell me a joke.
Tell me another joke.
Tell me a story.
Tell me a story about a {animal}.
Tell me a story about a {animal} and a {animal}.
Tell me something about {city}.
Tell me about the {thing}.
Sing a song.
Call {name}.
Call {name} {when}.
Send a message to {name}.
Write an email to {name}.
Ask {name} to buy {item}.
Tell {name} that I am late.
Where is {name}?
When is {name} coming home?
What is the capital of {country}?
Where is {country}?
Where is {city}?
How far is it from {city} to {city}?
How do I get to {city}?
How many people live in {city}?
How many people live in {country}?
How {size} is the {thing}?
How {size} is {city}?
How does the {thing} work?
What is a {thing}?
Why is the sky blue?
How do you say hello in {tongue}?
How do you say thank you in {tongue}?
Say good morning in {tongue}.
How do you spell {item}?
How do I cook {item}?
Can I eat {item} with {item}?
What can I cook with {item} and {item}?
Book a table for {number} in {city}.
Book a train to {city} on {day}.
When is the next train to {city}?
I want to go to {city} on {day}.
I want to go to {country} in {month}.
I need a {animal}.
I would like {item}, please.
I am going to {city} {when}.
"""

KOREAN = """
지금 몇 시야?
오늘 며칠이야?
오늘 무슨 요일이야?
오늘 날씨 어때?
내일 날씨 어때?
내일 비 와?
불 켜 줘.
불 꺼 줘.
음악 틀어 줘.
음악 꺼 줘.
그만.
잠깐만.
다시 말해 줘.
고마워.
안녕하세요.
이름이 뭐야?
타이머 {수} 분 맞춰 줘.
{수} 더하기 {수}은?
{수} 곱하기 {수}은?
"""

OPENINGS = ("Okay, ", "And ", "Hey, ", "Well, ", "So, ", "Computer, ")
REQUESTS = ("Could you ", "Can you ", "Please ", "Now ")
"""Before a sentence, sometimes; the second only before one that asks for something to be done."""
