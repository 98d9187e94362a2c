"""What the size of a vocabulary costs a model, per token and per byte of text."""

from __future__ import annotations

import math

from figures.formula import formula


@formula(
    latex=r"M_\mathrm{log} = w\, V\, n",
    symbols={"positions": "n", "vocabulary": "V", "element_bytes": "w"},
)
def logits_bytes(positions: float, vocabulary: float, element_bytes: float) -> float:
    """Memory of the logits of some positions.

    Args:
        positions (1): positions whose next token is predicted.
        vocabulary (1): rows of the output matrix.
        element_bytes (B): bytes of one logit.

    Returns:
        (B) bytes of one copy.

    Assumptions:
        All of them are held at once, as a loss needs them that is not computed in parts.
    """
    return element_bytes * vocabulary * positions


@formula(
    latex=r"F_\mathrm{B} = \frac{F_\mathrm{body} + 2\, V\, d}{b_\mathrm{t}}",
    symbols={
        "body": r"F_\mathrm{body}",
        "vocabulary": "V",
        "width": "d",
        "bytes_per_token": r"b_\mathrm{t}",
    },
)
def operations_per_byte(body: float, vocabulary: float, width: float, bytes_per_token: float) -> float:
    """Operations that a model spends on a byte of text.

    Args:
        body (FLOP/token): operations of one token in everything but the output matrix.
        vocabulary (1): rows of the output matrix.
        width (1): width of the model.
        bytes_per_token (B/token): bytes that a token stands for.

    Returns:
        (FLOP/B) operations per byte.

    Assumptions:
        The next token is predicted at every position, as in training and in decoding; looking up an embedding is free.
    """
    return (body + 2 * vocabulary * width) / bytes_per_token


@formula(
    latex=r"q_\mathrm{voc} = \frac{F_\mathrm{body} + 2\, V' d}{F_\mathrm{body} + 2\, V d}",
    symbols={"body": r"F_\mathrm{body}", "vocabulary": "V", "larger": "V'", "width": "d"},
)
def break_even_compression(body: float, vocabulary: float, larger: float, width: float) -> float:
    """Factor by which a larger vocabulary must raise the bytes per token, so that a byte costs no more operations.

    Args:
        body (FLOP/token): operations of one token in everything but the output matrix.
        vocabulary (1): rows of the output matrix.
        larger (1): rows of the larger one.
        width (1): width of the model.

    Returns:
        (1) bytes per token with the larger over those with the smaller vocabulary.

    Assumptions:
        The next token is predicted at every position; both models are alike in everything else.
    """
    return (body + 2 * larger * width) / (body + 2 * vocabulary * width)


@formula(
    latex=r"N_\mathrm{v} = 3{,}145{,}728 \left( \frac{N_\mathrm{nv}}{33 \cdot 10^6} \right)^{0.8354}",
    symbols={"parameters": r"N_\mathrm{nv}"},
)
def best_vocabulary_parameters(parameters: float) -> float:
    """Parameters of the vocabulary that train a model best for its operations, by the derivative method of Tao et al.

    Args:
        parameters (1): parameters of the model without its vocabulary.

    Returns:
        (1) vocabulary times width, of one matrix.

    Assumptions:
        A fit to models of 33 million to 3 billion parameters on one corpus; training data in proportion to the
        parameters; inference is not counted.
    """
    return 3_145_728 * math.pow(parameters / 33e6, 0.8353974035228025)


@formula(
    latex=r"b_\mathrm{p} = "
    r"\frac{F_\mathrm{body}\, b_\mathrm{t}}{F_\mathrm{body} + 2\, V\, d - F_\mathrm{loc}\, b_\mathrm{t}}",
    symbols={
        "body": r"F_\mathrm{body}",
        "vocabulary": "V",
        "width": "d",
        "bytes_per_token": r"b_\mathrm{t}",
        "local": r"F_\mathrm{loc}",
    },
)
def break_even_patch(body: float, vocabulary: float, width: float, bytes_per_token: float, local: float) -> float:
    """Bytes per patch from which on a byte-level model costs fewer operations than one with tokens.

    Args:
        body (FLOP/token): operations of one step of the large model, the same for a token and for a patch.
        vocabulary (1): rows of the output matrix of the model with tokens.
        width (1): its width.
        bytes_per_token (B/token): bytes that a token stands for.
        local (FLOP/B): operations of the small models per byte.

    Returns:
        (B/token) bytes of a patch, which takes the place of a token.

    Assumptions:
        The large models are alike; the small ones cost the same for every byte, and less than a byte of the other.
    """
    return body * bytes_per_token / (body + 2 * vocabulary * width - local * bytes_per_token)
