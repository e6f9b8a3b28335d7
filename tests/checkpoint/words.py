"""The words that the checkpoint knows: some 500 that people say to an assistant, by what they stand for."""

from __future__ import annotations

UNITS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
TEENS = (
    *("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen"),
    *("sixteen", "seventeen", "eighteen", "nineteen"),
)
TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
ORDINALS = (
    *("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"),
    *("eleventh", "twelfth", "fifteenth", "twentieth", "thirtieth"),
)

SLOTS: dict[str, tuple[str, ...]] = {
    "day": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "when": ("today", "tomorrow", "tonight", "this morning", "this afternoon", "this evening", "this weekend", "now"),
    "month": (
        *("January", "February", "March", "April", "May", "June", "July", "August", "September", "October"),
        *("November", "December"),
    ),
    "holiday": ("Christmas", "Easter", "New Year", "my birthday", "the weekend", "summer", "winter"),
    "city": (
        *("London", "Paris", "Berlin", "Seoul", "Tokyo", "Rome", "Madrid", "Vienna", "Sydney", "Boston", "Chicago"),
        *("New York", "Moscow", "Dublin", "Busan", "Beijing"),
    ),
    "country": (
        *("France", "Germany", "Korea", "Japan", "Italy", "Spain", "Austria", "Australia", "Canada", "China"),
        *("Ireland", "Russia", "England"),
    ),
    "tongue": ("English", "Korean", "French", "German", "Spanish", "Japanese"),
    "name": (
        *("Anna", "Peter", "Maria", "David", "Susan", "Robert", "Emma", "Daniel", "Julia", "Thomas", "mom", "dad"),
        *("my sister", "my brother", "the doctor"),
    ),
    "switched": (
        *("lights", "light", "lamp", "fan", "radio", "heater", "television", "kettle", "oven", "alarm", "printer"),
        *("computer", "air conditioner", "vacuum cleaner", "coffee machine"),
    ),
    "opened": ("door", "window", "blinds", "curtains", "gate", "garage", "front door", "back door"),
    "room": (
        *("kitchen", "bedroom", "bathroom", "living room", "hall", "office", "garden", "garage", "cellar"),
        *("children's room",),
    ),
    "music": (
        *("jazz", "rock", "piano music", "classical music", "some music", "the news", "a podcast", "my favorite song"),
        *("something quiet", "the Beatles", "Mozart", "a lullaby"),
    ),
    "item": (
        *("milk", "bread", "butter", "cheese", "eggs", "apples", "bananas", "oranges", "tomatoes", "potatoes"),
        *("onions", "rice", "noodles", "chicken", "fish", "sugar", "salt", "coffee", "tea", "water", "juice"),
        *("chocolate", "soap", "paper", "batteries", "flowers"),
    ),
    "list": ("shopping list", "list", "to do list"),
    "chore": (
        *("call {name}", "buy {item}", "water the plants", "feed the cat", "walk the dog", "take my medicine"),
        *("pay the bill", "clean the kitchen", "send the report", "book a table", "wash the car", "do my homework"),
        *("take out the trash", "go to the meeting", "drink water"),
    ),
    "document": (
        *("document", "report", "contract", "invoice", "manual", "letter", "email", "recipe", "book", "article"),
        *("meeting notes", "notes", "file"),
    ),
    "documents": (
        *("documents", "reports", "contracts", "invoices", "manuals", "letters", "emails", "recipes", "books"),
        *("articles", "notes", "files"),
    ),
    "ordinal": ORDINALS,
    "topic": (
        *("the price", "the warranty", "the deadline", "the budget", "the delivery", "safety", "the battery"),
        *("the weather", "the meeting", "holidays", "the rent", "the password", "payment", "the project", "cleaning"),
        *("the guarantee period", "the opening hours"),
    ),
    "part": ("first page", "last page", "next page", "summary", "title", "next paragraph", "conclusion", "table"),
    "unit": ("seconds", "minutes", "hours", "days", "weeks"),
    "measure": (
        *("miles", "kilometers", "meters", "feet", "inches", "centimeters", "pounds", "kilograms", "grams", "ounces"),
        *("liters", "cups", "gallons", "degrees"),
    ),
    "animal": ("cat", "dog", "bird", "horse", "dragon", "princess", "robot", "mouse", "lion", "whale"),
    "size": ("big", "tall", "old", "far", "deep", "heavy", "fast"),
    "thing": (
        *("moon", "sun", "earth", "ocean", "river", "mountain", "sky", "rainbow", "star", "heart", "engine"),
        *("internet", "telephone", "bridge", "airplane"),
    ),
}
"""By the name in braces that stands for one of them in a sentence."""

KOREAN_NUMBERS = ("일", "이", "삼", "사", "오", "육", "칠", "팔", "구", "십")
