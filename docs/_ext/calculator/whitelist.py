"""What the translator knows to mean the same in Python and in JavaScript."""

from __future__ import annotations

import ast
import math
from typing import Any

from figures.formulas import primitives

ALLOWED = (
    "allowed are numbers, arguments, local variables, + - * / // % **, comparisons, and/or/not, conditionals, "
    "if/return/raise ValueError('…'), other formulas, min, max, abs, round, int, float, len, "
    "math.ceil/floor/exp/log/log2/sqrt/pow, (n).bit_length(), figures.formulas.primitives, "
    "and sum(… for … in LIST, zip(LISTS, strict=True) or range(n))"
)
OPERATORS: dict[type[ast.AST], str] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*"}
PRIMITIVE_OPERATORS: dict[type[ast.AST], str] = {
    ast.Div: "divide",
    ast.FloorDiv: "floorDivide",
    ast.Mod: "modulo",
    ast.Pow: "power",
}
COMPARISONS: dict[type[ast.AST], str] = {
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Eq: "==",
    ast.NotEq: "!=",
}
# Python object → (JavaScript, least and most arguments)
FUNCTIONS: dict[Any, tuple[str, int, int]] = {
    min: ("Math.min", 2, 99),
    max: ("Math.max", 2, 99),
    abs: ("Math.abs", 1, 1),
    round: ("$p.round", 1, 1),
    int: ("Math.trunc", 1, 1),
    float: ("Number", 1, 1),
    math.ceil: ("Math.ceil", 1, 1),
    math.floor: ("Math.floor", 1, 1),
    math.exp: ("Math.exp", 1, 1),
    math.log: ("$p.log", 1, 1),
    math.log2: ("$p.log2", 1, 1),
    math.sqrt: ("$p.sqrt", 1, 1),
    math.pow: ("$p.power", 2, 2),
    primitives.normal_quantile: ("$p.normal_quantile", 1, 1),
}
STEPS = (math.ceil, math.floor, round, int)
INEXACT = (math.exp, math.log, math.log2, math.pow, primitives.normal_quantile)
EXACT_LIMIT = 2**53
RESERVED = frozenset(
    [  # JavaScript's own words that Python allows as names, and what the translation calls
        *("arguments", "case", "catch", "const", "default", "delete", "do", "enum", "eval", "export", "extends"),
        *("function", "implements", "instanceof", "interface", "let", "new", "null", "package", "private"),
        *("protected", "public", "static", "super", "switch", "this", "throw", "typeof", "undefined", "var", "void"),
        *("NaN", "Infinity", "Math", "Number", "RangeError"),
    ]
)
