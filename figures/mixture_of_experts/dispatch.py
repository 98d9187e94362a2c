"""Six tokens on two GPUs, two of four experts each: sorted by expert on the way out, summed on the way back."""

from __future__ import annotations

from matplotlib.figure import Figure

from figures import style
from figures.diagram import Diagram

TITLE = "Dispatch and combine of six tokens on two GPUs"

ROUTES = {"A": (1, 2), "B": (1, 3), "C": (1, 4), "D": (1, 2), "E": (3, 4), "F": (1, 2)}  # token: its two experts
HOME = {"A": 0, "B": 0, "C": 0, "D": 1, "E": 1, "F": 1}  # token: the GPU of its request
PLACE = {1: 0, 2: 0, 3: 1, 4: 1}  # expert: its GPU
TOPS = (38.0, 222.0)  # points: top of each GPU's band
BOTTOMS = (214.0, 334.0)
LEFT, MIDDLE, RIGHT = 18.0, 166.0, 328.0  # points: left edges of the three columns
TOKEN, SLOT, SIDE = 34.0, 48.0, 16.0  # points: widths of a token and of a slot, and the height of both
HEIGHT = 356.0


def _token_top(token: str) -> float:
    """Tokens are spread over the band of their GPU."""
    gpu = HOME[token]
    mine = [name for name in ROUTES if HOME[name] == gpu]
    room = (BOTTOMS[gpu] - TOPS[gpu] - 18) / len(mine)
    return TOPS[gpu] + 18 + room * (mine.index(token) + 0.5) - SIDE / 2


def _slots() -> dict[tuple[str, int], float]:
    """The top of the place of each assignment: an expert's tokens lie together."""
    found: dict[tuple[str, int], float] = {}
    for gpu in (0, 1):
        top = TOPS[gpu] + 20
        for expert in (name for name in PLACE if PLACE[name] == gpu):
            for token in (name for name, chosen in ROUTES.items() if expert in chosen):
                found[token, expert] = top
                top += SIDE
            top += 20
    return found


def draw() -> Figure:
    """Tokens, the places that they fill at the experts, and the tokens again."""
    diagram = Diagram(HEIGHT)
    slots = _slots()
    for gpu in (0, 1):
        diagram.box(4, TOPS[gpu], style.WIDTH - 8, BOTTOMS[gpu] - TOPS[gpu], "", "muted")
        diagram.text(LEFT - 8, TOPS[gpu] + 9, f"GPU {gpu + 1}", "muted", ha="left")
    diagram.text(LEFT + TOKEN / 2, 12, "tokens")
    diagram.text((LEFT + TOKEN + MIDDLE) / 2, 26, "dispatch", "muted")
    diagram.text(MIDDLE + SLOT / 2, 12, "experts")
    diagram.text((MIDDLE + SLOT + RIGHT) / 2, 26, "combine", "muted")
    diagram.text(RIGHT + TOKEN / 2, 12, "sums")
    for (token, expert), top in slots.items():
        role = "blue" if HOME[token] == PLACE[expert] else "orange"
        middle, side = top + SIDE / 2, _token_top(token) + SIDE / 2
        for start, end in (((LEFT + TOKEN, side), (MIDDLE, middle)), ((MIDDLE + SLOT, middle), (RIGHT, side))):
            diagram.line(start, end, role=role)
        diagram.box(MIDDLE, top, SLOT, SIDE, token, role)
    for expert in PLACE:
        mine = [top for (_, name), top in slots.items() if name == expert]
        diagram.text(MIDDLE + SLOT / 2, min(mine) - 9, f"expert {expert}", "ink")
    for token in ROUTES:
        top = _token_top(token)
        diagram.box(LEFT, top, TOKEN, SIDE, token, "ink")
        diagram.box(RIGHT, top, TOKEN, SIDE, token, "green")
    diagram.text(LEFT - 8, HEIGHT - 10, "blue: stays on its GPU", "blue", ha="left")
    diagram.text(style.WIDTH - 10, HEIGHT - 10, "orange: over the link", "orange", ha="right")
    return diagram.figure
