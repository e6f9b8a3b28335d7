"""Places whose time can be asked for: large cities, and countries that keep one time."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A place and its zone in the IANA time zone database; an empty zone where several times are kept."""

    zone: str
    english: str
    korean: str


SEVERAL = ""

_PLACES = """
Asia/Seoul          | Seoul, Busan, Incheon, South Korea, Korea | 서울, 부산, 인천, 대한민국, 한국, 우리나라
Asia/Pyongyang      | Pyongyang, North Korea | 평양, 북한
Asia/Tokyo          | Tokyo, Osaka, Kyoto, Japan | 도쿄, 동경, 오사카, 교토, 일본
Asia/Shanghai       | Beijing, Shanghai, China, Shenzhen | 베이징, 북경, 상하이, 상해, 중국, 선전
Asia/Hong_Kong      | Hong Kong | 홍콩
Asia/Taipei         | Taipei, Taiwan | 타이베이, 대만, 타이완
Asia/Singapore      | Singapore | 싱가포르, 싱가폴
Asia/Kuala_Lumpur   | Kuala Lumpur, Malaysia | 쿠알라룸푸르, 말레이시아
Asia/Bangkok        | Bangkok, Thailand | 방콕, 태국
Asia/Ho_Chi_Minh    | Ho Chi Minh City, Hanoi, Saigon, Vietnam | 호찌민, 호치민, 하노이, 사이공, 베트남
Asia/Jakarta        | Jakarta | 자카르타
Asia/Makassar       | Bali | 발리
Asia/Manila         | Manila, the Philippines, Philippines | 마닐라, 필리핀, 세부
Asia/Kolkata        | Delhi, New Delhi, Mumbai, Kolkata, Bangalore, Chennai, India | 델리, 뉴델리, 뭄바이, 콜카타, 인도
Asia/Kathmandu      | Kathmandu, Nepal | 카트만두, 네팔
Asia/Dhaka          | Dhaka, Bangladesh | 다카, 방글라데시
Asia/Karachi        | Karachi, Pakistan | 카라치, 파키스탄
Asia/Tashkent       | Tashkent, Uzbekistan | 타슈켄트, 우즈베키스탄
Asia/Dubai          | Dubai, Abu Dhabi | 두바이, 아부다비, 아랍에미리트
Asia/Tehran         | Tehran, Iran | 테헤란, 이란
Asia/Riyadh         | Riyadh, Saudi Arabia | 리야드, 사우디아라비아
Asia/Jerusalem      | Jerusalem, Tel Aviv, Israel | 예루살렘, 텔아비브, 이스라엘
Europe/Istanbul     | Istanbul, Ankara, Turkey | 이스탄불, 앙카라, 터키, 튀르키예
Europe/Moscow       | Moscow, Saint Petersburg, St Petersburg | 모스크바, 상트페테르부르크
Europe/Kyiv         | Kyiv, Kiev, Ukraine | 키이우, 키예프, 우크라이나
Europe/Athens       | Athens, Greece | 아테네, 그리스
Europe/Helsinki     | Helsinki, Finland | 헬싱키, 핀란드
Europe/Stockholm    | Stockholm, Sweden | 스톡홀름, 스웨덴
Europe/Oslo         | Oslo, Norway | 오슬로, 노르웨이
Europe/Copenhagen   | Copenhagen, Denmark | 코펜하겐, 덴마크
Europe/Warsaw       | Warsaw, Poland | 바르샤바, 폴란드
Europe/Prague       | Prague, Czech Republic, Czechia | 프라하, 체코
Europe/Vienna       | Vienna, Austria | 빈, 비엔나, 오스트리아
Europe/Budapest     | Budapest, Hungary | 부다페스트, 헝가리
Europe/Berlin       | Berlin, Munich, Frankfurt, Hamburg, Germany | 베를린, 뮌헨, 프랑크푸르트, 함부르크, 독일
Europe/Zurich       | Zurich, Geneva, Switzerland | 취리히, 제네바, 스위스
Europe/Rome         | Rome, Milan, Venice, Italy | 로마, 밀라노, 베네치아, 이탈리아
Europe/Paris        | Paris, France | 파리, 프랑스
Europe/Brussels     | Brussels, Belgium | 브뤼셀, 벨기에
Europe/Amsterdam    | Amsterdam, Netherlands, the Netherlands, Holland | 암스테르담, 네덜란드
Europe/Madrid       | Madrid, Barcelona, Spain | 마드리드, 바르셀로나, 스페인
Europe/Lisbon       | Lisbon | 리스본
Europe/Dublin       | Dublin, Ireland | 더블린, 아일랜드
Europe/London       | London, Edinburgh, Manchester, England, Britain, Great Britain, the UK, UK, Scotland, \
the United Kingdom, United Kingdom | 런던, 에든버러, 맨체스터, 영국, 잉글랜드
Atlantic/Reykjavik  | Reykjavik, Iceland | 레이캬비크, 아이슬란드
UTC                 | UTC, GMT, Greenwich | 세계 표준시, 협정 세계시, 그리니치
Africa/Cairo        | Cairo, Egypt | 카이로, 이집트
Africa/Lagos        | Lagos, Nigeria | 라고스, 나이지리아
Africa/Nairobi      | Nairobi, Kenya | 나이로비, 케냐
Africa/Casablanca   | Casablanca, Morocco | 카사블랑카, 모로코
Africa/Johannesburg | Johannesburg, Cape Town, South Africa | 요하네스버그, 케이프타운, 남아프리카공화국, 남아공
America/New_York    | New York, New York City, Washington, Washington DC, Boston, Miami, Atlanta, Philadelphia, \
Detroit | 뉴욕, 워싱턴, 보스턴, 마이애미, 애틀랜타, 필라델피아, 디트로이트
America/Chicago     | Chicago, Houston, Dallas, Austin, Texas | 시카고, 휴스턴, 댈러스, 오스틴, 텍사스
America/Denver      | Denver, Salt Lake City | 덴버, 솔트레이크시티
America/Phoenix     | Phoenix | 피닉스
America/Los_Angeles | Los Angeles, San Francisco, Seattle, San Diego, Las Vegas, LA, California, San Jose | \
로스앤젤레스, 샌프란시스코, 시애틀, 샌디에이고, 라스베이거스, 라스베가스, 엘에이, LA, 캘리포니아
America/Anchorage   | Anchorage, Alaska | 앵커리지, 알래스카
Pacific/Honolulu    | Honolulu, Hawaii | 호놀룰루, 하와이
America/Toronto     | Toronto, Montreal, Ottawa | 토론토, 몬트리올, 오타와
America/Vancouver   | Vancouver | 밴쿠버
America/Mexico_City | Mexico City | 멕시코시티
America/Havana      | Havana, Cuba | 아바나, 쿠바
America/Bogota      | Bogota, Colombia | 보고타, 콜롬비아
America/Lima        | Lima, Peru | 리마, 페루
America/Santiago    | Santiago | 산티아고
America/Sao_Paulo   | São Paulo, Sao Paulo, Rio de Janeiro, Rio | 상파울루, 리우데자네이루
America/Argentina/Buenos_Aires | Buenos Aires, Argentina | 부에노스아이레스, 아르헨티나
Australia/Sydney    | Sydney, Melbourne, Canberra | 시드니, 멜버른, 멜번, 캔버라
Australia/Brisbane  | Brisbane | 브리즈번
Australia/Perth     | Perth | 퍼스
Pacific/Auckland    | Auckland, Wellington, New Zealand | 오클랜드, 웰링턴, 뉴질랜드
Pacific/Guam        | Guam | 괌
                    | the United States, United States, America, the US, US, the USA, USA, the States | 미국, 아메리카
                    | Canada | 캐나다
                    | Russia | 러시아
                    | Australia | 호주, 오스트레일리아
                    | Brazil | 브라질
                    | Mexico | 멕시코
                    | Indonesia | 인도네시아
"""


def _read(rows: str) -> tuple[dict[str, Place], dict[str, Place]]:
    english: dict[str, Place] = {}
    korean: dict[str, Place] = {}
    for row in rows.strip().splitlines():
        zone, *columns = (column.strip() for column in row.split("|"))
        names, native = ([name.strip() for name in column.split(",")] for column in columns)
        for name in names:
            called = f"the {name}" if f"the {name}" in names else name
            english[name.lower()] = Place(zone, called, native[0])
        for name in native:
            korean[name.replace(" ", "").lower()] = Place(zone, names[0], name)
    return english, korean


ENGLISH, KOREAN = _read(_PLACES)
"""Every name a place goes by: in English in lower case, in Korean without spaces."""
