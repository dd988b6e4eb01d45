"""The emoji that the page can draw, by Slack's short names."""

EMOJI = {
    "black_square_for_stop": "\N{BLACK SQUARE FOR STOP}",
    "calendar": "\N{TEAR-OFF CALENDAR}",
    "double_vertical_bar": "\N{DOUBLE VERTICAL BAR}",
    "grey_question": "\N{WHITE QUESTION MARK ORNAMENT}",
    "hourglass_flowing_sand": "\N{HOURGLASS WITH FLOWING SAND}",
    "large_green_circle": "\N{LARGE GREEN CIRCLE}",
    "no_entry": "\N{NO ENTRY}",
    "octagonal_sign": "\N{OCTAGONAL SIGN}",
    "rotating_light": "\N{POLICE CARS REVOLVING LIGHT}",
    "wastebasket": "\N{WASTEBASKET}",
    "warning": "\N{WARNING SIGN}",
    "white_check_mark": "\N{WHITE HEAVY CHECK MARK}",
    "white_circle": "\N{MEDIUM WHITE CIRCLE}",
}
