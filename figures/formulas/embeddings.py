"""What the vocabulary of a model holds and costs: its matrices, and the products with the output matrix."""

from __future__ import annotations

from figures.formula import formula


@formula(
    latex=r"N_\mathrm{v} = n_\mathrm{v}\, V\, d",
    symbols={"tables": r"n_\mathrm{v}", "vocabulary": "V", "width": "d"},
)
def embedding_parameters(tables: float, vocabulary: float, width: float) -> float:
    """Parameters of a model's vocabulary.

    Args:
        tables (1): matrices: 2 for input and output, 1 where they are one (tied).
        vocabulary (1): rows of each, one per token.
        width (1): width of the model.

    Returns:
        (1) entries of all of them.

    Assumptions:
        Every token has a row of the model's own width; padding rows count where the vocabulary includes them.
    """
    return tables * vocabulary * width


@formula(
    latex=r"F_\mathrm{out} = 2\, V\, d",
    symbols={"vocabulary": "V", "width": "d"},
)
def output_operations(vocabulary: float, width: float) -> float:
    """Operations that the scores of all tokens take, for one predicted token.

    Args:
        vocabulary (1): rows of the output matrix.
        width (1): width of the model.

    Returns:
        (FLOP) one multiplication and one addition for each entry.

    Assumptions:
        The whole matrix is used; looking up an input embedding takes no arithmetic.
    """
    return 2 * vocabulary * width


@formula(
    latex=r"\phi_\mathrm{out} = \frac{F_\mathrm{out}}{F_\mathrm{out} + 2\, N_\mathrm{nv}}",
    symbols={"output": r"F_\mathrm{out}", "others": r"N_\mathrm{nv}"},
)
def output_share(output: float, others: float) -> float:
    """Share of the output matrix in a token's products with weights.

    Args:
        output (FLOP): operations with the output matrix.
        others (1): parameters outside the vocabulary that the token passes.

    Returns:
        (1) share of the operations.

    Assumptions:
        Attention over the context is not counted.
    """
    return output / (output + 2 * others)
