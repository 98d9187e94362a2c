"""Operations of training: per token, per run, and what share of the peak a measured rate is."""

from __future__ import annotations

from figures.formula import formula


@formula(
    latex=r"F_\mathrm{tr} = 6\, N_\mathrm{act} + 12\, a_\mathrm{cau}\, L\, h_q\, d_h\, S",
    symbols={
        "active": r"N_\mathrm{act}",
        "attended": r"a_\mathrm{cau}",
        "layers": "L",
        "query_heads": "h_q",
        "head_dim": "d_h",
        "sequence": "S",
    },
)
def token_operations(
    active: float, attended: float, layers: int, query_heads: int, head_dim: int, sequence: float
) -> float:
    """Operations of the model for one token of training, forward and backward.

    Args:
        active (1): parameters that the token is multiplied with; the output layer counts, a looked-up input
            embedding does not.
        attended (1): share of the pairs of tokens that is counted: 1 for all of them, 1/2 for the causal half.
        layers (1): layers that attend to the whole sequence.
        query_heads (1): query heads of a layer.
        head_dim (1): dimension of one head.
        sequence (1): tokens of a sequence.

    Returns:
        (FLOP/token) two operations per parameter forward and four backward; the same for every product of attention.

    Assumptions:
        Nothing is computed twice; norms, activations and softmax are neglected. A query attends to the share of the
        sequence on average.
    """
    return 6 * active + 12 * attended * layers * query_heads * head_dim * sequence


@formula(
    latex=r"q_\mathrm{hw} = 1 + \frac{r_\mathrm{re}}{3}",
    symbols={"recomputed": r"r_\mathrm{re}"},
)
def hardware_factor(recomputed: float) -> float:
    """Operations that the hardware does over those of the model.

    Args:
        recomputed (1): share of the operations of the forward pass that is done again in the backward pass: 1 for full
            recomputation, 0 for none.

    Returns:
        (1) HFU over MFU.

    Assumptions:
        The backward pass takes twice the operations of the forward pass.
    """
    return 1 + recomputed / 3


@formula(
    latex=r"r_\mathrm{att} = \frac{4\, a_\mathrm{cau}\, L\, h_q\, d_h\, S}"
    r"{2\, N_\mathrm{act} + 4\, a_\mathrm{cau}\, L\, h_q\, d_h\, S}",
    symbols={
        "active": r"N_\mathrm{act}",
        "attended": r"a_\mathrm{cau}",
        "layers": "L",
        "query_heads": "h_q",
        "head_dim": "d_h",
        "sequence": "S",
    },
)
def attention_share(
    active: float, attended: float, layers: int, query_heads: int, head_dim: int, sequence: float
) -> float:
    """Share of a model's operations that attention over the sequence takes.

    Args:
        active (1): parameters that a token is multiplied with.
        attended (1): share of the pairs of tokens that is counted: 1 for all of them, 1/2 for the causal half.
        layers (1): layers that attend to the whole sequence.
        query_heads (1): query heads of a layer.
        head_dim (1): dimension of one head.
        sequence (1): tokens of a sequence.

    Returns:
        (1) products of queries with keys and of weights with values, over all operations.

    Assumptions:
        Forward and backward have the same share; norms, activations and softmax are neglected.
    """
    attention = 4 * attended * layers * query_heads * head_dim * sequence
    return attention / (2 * active + attention)


@formula(
    latex=r"\eta = \frac{r\, F_\mathrm{tr}}{G\, P_\mathrm{peak}}",
    symbols={"rate": "r", "operations": r"F_\mathrm{tr}", "gpus": "G", "peak": r"P_\mathrm{peak}"},
)
def utilization(rate: float, operations: float, gpus: float, peak: float) -> float:
    """Model FLOPs utilization (MFU) of a training run.

    Args:
        rate (token/s): tokens of all GPUs together.
        operations (FLOP/token): operations of the model for one token, nothing computed twice.
        gpus (1): GPUs.
        peak (FLOP/s): peak arithmetic rate of one GPU in the data type that is named with the result.

    Returns:
        (1) share of the peak.

    Assumptions:
        One data type for all products; with several the peak, and so the result, is not defined.
    """
    return rate * operations / (gpus * peak)


@formula(
    latex=r"B_\mathrm{tok} = n_\mathrm{sq}\, S",
    symbols={"sequences": r"n_\mathrm{sq}", "length": "S"},
)
def step_tokens(sequences: float, length: float) -> float:
    """Tokens of a step.

    Args:
        sequences (1): sequences of a step, over all GPUs.
        length (token): tokens of one.

    Returns:
        (token) tokens that one update of the weights is made from.

    Assumptions:
        Sequences are full.
    """
    return sequences * length


@formula(
    latex=r"r = \frac{B_\mathrm{tok}}{t_\mathrm{step}}",
    symbols={"batch": r"B_\mathrm{tok}", "step": r"t_\mathrm{step}"},
)
def token_rate(batch: float, step: float) -> float:
    """Tokens per second of a training run.

    Args:
        batch (token): tokens of a step, over all GPUs.
        step (s): time of a step.

    Returns:
        (token/s) over all GPUs.

    Assumptions:
        Steps follow each other; saving and restarting are left out.
    """
    return batch / step


@formula(
    latex=r"C_\mathrm{tr} = F_\mathrm{tr}\, D_\mathrm{tok}",
    symbols={"operations": r"F_\mathrm{tr}", "tokens": r"D_\mathrm{tok}"},
)
def run_operations(operations: float, tokens: float) -> float:
    """Operations of a whole training run.

    Args:
        operations (FLOP/token): operations of the model for one token.
        tokens (token): tokens that are trained on.

    Returns:
        (FLOP) all of them.

    Assumptions:
        One length of sequence throughout.
    """
    return operations * tokens


@formula(
    latex=r"t_\mathrm{run} = \frac{C_\mathrm{tr}}{\eta_\mathrm{good}\, P_\mathrm{ach}}",
    symbols={"operations": r"C_\mathrm{tr}", "goodput": r"\eta_\mathrm{good}", "rate": r"P_\mathrm{ach}"},
)
def run_time(operations: float, goodput: float, rate: float) -> float:
    """Time of a training run.

    Args:
        operations (FLOP): operations of the run.
        goodput (1): share of the time in which the run makes progress that is kept; 1 without failures.
        rate (FLOP/s): arithmetic rate of all GPUs while it does.

    Returns:
        (s) from the start to the end.

    Assumptions:
        The rate is the same throughout.
    """
    return operations / (goodput * rate)


@formula(
    latex=r"t_\mathrm{step} = \frac{F_\mathrm{tr}\, B_\mathrm{tok}}{P_\mathrm{ach}}",
    symbols={"operations": r"F_\mathrm{tr}", "batch": r"B_\mathrm{tok}", "rate": r"P_\mathrm{ach}"},
)
def step_time(operations: float, batch: float, rate: float) -> float:
    """Time of a training step.

    Args:
        operations (FLOP/token): operations of the model for one token.
        batch (token): tokens of a step, over all GPUs.
        rate (FLOP/s): arithmetic rate of all GPUs.

    Returns:
        (s) from one update to the next.

    Assumptions:
        The rate is measured over whole steps: bubbles and exposed communication lower it.
    """
    return operations * batch / rate


@formula(
    latex=r"t_\mathrm{GPU} = G\, t_\mathrm{run}",
    symbols={"gpus": "G", "time": r"t_\mathrm{run}"},
)
def gpu_time(gpus: float, time: float) -> float:
    """GPU time of a run.

    Args:
        gpus (1): GPUs that are held.
        time (s): for how long.

    Returns:
        (s) GPU hours, in seconds.

    Assumptions:
        All GPUs are held all the time.
    """
    return gpus * time


@formula(
    latex=r"Y_\mathrm{run} = y_\mathrm{G}\, t_\mathrm{GPU}",
    symbols={"price": r"y_\mathrm{G}", "time": r"t_\mathrm{GPU}"},
)
def run_cost(price: float, time: float) -> float:
    """Price of the GPU time of a run.

    Args:
        price (USD/s): price of one GPU per time.
        time (s): GPU time.

    Returns:
        (USD) price.

    Assumptions:
        Storage, network, people and failed attempts are not in it.
    """
    return price * time


@formula(
    latex=r"\mathcal{E}_\mathrm{run} = P_\mathrm{dev}\, t_\mathrm{GPU}",
    symbols={"power": r"P_\mathrm{dev}", "time": r"t_\mathrm{GPU}"},
)
def run_energy(power: float, time: float) -> float:
    """Energy of a run.

    Args:
        power (W): power per GPU, with its share of hosts, network and cooling if those shall count.
        time (s): GPU time.

    Returns:
        (J) energy.

    Assumptions:
        The power is the mean over the run.
    """
    return power * time


@formula(
    latex=r"q_\mathrm{tok} = \frac{D_\mathrm{tok}}{N_\mathrm{act}}",
    symbols={"tokens": r"D_\mathrm{tok}", "active": r"N_\mathrm{act}"},
)
def tokens_per_parameter(tokens: float, active: float) -> float:
    """Training tokens for each parameter that a token passes.

    Args:
        tokens (token): tokens that are trained on.
        active (1): parameters that a token is multiplied with.

    Returns:
        (token) per parameter.

    Assumptions:
        Repeated tokens count each time.
    """
    return tokens / active
