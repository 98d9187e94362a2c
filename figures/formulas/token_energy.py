"""Energy of a token: of traffic, of arithmetic, of time that passes, up to the meter."""

from __future__ import annotations

from figures.formula import formula
from figures.formulas import decode, decode_batch, levels


@formula(
    latex=r"\mathcal{E}_\mathrm{dyn} = \varepsilon_\mathrm{b}\, Q + \varepsilon_\mathrm{op}\, F",
    symbols={
        "byte_energy": r"\varepsilon_\mathrm{b}",
        "traffic": "Q",
        "operation_energy": r"\varepsilon_\mathrm{op}",
        "operations": "F",
    },
)
def dynamic_energy(byte_energy: float, traffic: float, operation_energy: float, operations: float) -> float:
    """Energy of some work beside what passes with time.

    Args:
        byte_energy (J/B): energy of a byte that is read, all the way to the registers.
        traffic (B): bytes moved.
        operation_energy (J/FLOP): energy of an operation in the data type used.
        operations (FLOP): operations.

    Returns:
        (J) energy of movement and arithmetic.

    Assumptions:
        Energies in proportion to bytes and operations, at one clock and voltage; they also depend on the data.
    """
    return levels.movement_energy(byte_energy, traffic) + levels.operation_energy(operation_energy, operations)


@formula(
    latex=r"t_\mathrm{cap} = \max\left( t_\mathrm{step},\ \frac{\mathcal{E}_\mathrm{dyn}}"
    r"{G\, (P_\mathrm{cap} - P_\mathrm{st})} \right)",
    symbols={
        "step": r"t_\mathrm{step}",
        "dynamic": r"\mathcal{E}_\mathrm{dyn}",
        "gpus": "G",
        "cap": r"P_\mathrm{cap}",
        "static": r"P_\mathrm{st}",
    },
)
def capped_step_time(step: float, dynamic: float, gpus: int, cap: float, static: float) -> float:
    """Time of a step that a power cap may slow down.

    Args:
        step (s): time of the step without a cap.
        dynamic (J): energy of its movement and arithmetic, over all GPUs.
        gpus (1): GPUs that share the step evenly.
        cap (W): power cap of one GPU, above its static power.
        static (W): power of one GPU that passes whatever it does.

    Returns:
        (s) at least the time in which the cap lets the energy through.

    Assumptions:
        Dynamic energy does not depend on the clock. With a lower voltage it falls, and the real step is faster: this
        is an upper bound where the cap binds.
    """
    return max(step, dynamic / (gpus * (cap - static)))


@formula(
    latex=r"\bar{P} = G\, P_\mathrm{st} + \frac{\mathcal{E}_\mathrm{dyn}}{t_\mathrm{step}}",
    symbols={
        "gpus": "G",
        "static": r"P_\mathrm{st}",
        "dynamic": r"\mathcal{E}_\mathrm{dyn}",
        "step": r"t_\mathrm{step}",
    },
)
def step_power(gpus: int, static: float, dynamic: float, step: float) -> float:
    """Power of some GPUs, averaged over a step.

    Args:
        gpus (1): GPUs that share the step.
        static (W): power of one GPU that passes whatever it does, with its share of the server.
        dynamic (J): energy of movement and arithmetic of the step, over all GPUs.
        step (s): time of the step.

    Returns:
        (W) mean power of all together.

    Assumptions:
        Steps follow each other without a gap.
    """
    return gpus * static + dynamic / step


@formula(
    latex=r"\mathcal{E}_\tau = \mathrm{PUE}\, \frac{\bar{P}}{r}",
    symbols={"effectiveness": r"\mathrm{PUE}", "power": r"\bar{P}", "rate": "r"},
)
def energy_per_token(effectiveness: float, power: float, rate: float) -> float:
    """Energy of a token at the meter, from power and rate.

    Args:
        effectiveness (1): power usage effectiveness; 1 gives the energy of the equipment.
        power (W): mean power of the equipment that emits the tokens.
        rate (token/s): tokens that it emits per second.

    Returns:
        (J/token) energy of a token.

    Assumptions:
        Power and rate are averages over the same time; idle time is in neither or in both.
    """
    return effectiveness * power / rate


@formula(
    latex=r"\mathcal{E}_\tau = \frac{\mathrm{PUE}}{B} \left[ G\, P_\mathrm{st}\, t_\mathrm{step}"
    r" + \varepsilon_\mathrm{b} \left( M_\mathrm{w} + B\, M(S) \right) + \varepsilon_\mathrm{op}\, B\, F_1 \right]",
    symbols={
        "effectiveness": r"\mathrm{PUE}",
        "batch": "B",
        "gpus": "G",
        "static": r"P_\mathrm{st}",
        "step": r"t_\mathrm{step}",
        "byte_energy": r"\varepsilon_\mathrm{b}",
        "weights": r"M_\mathrm{w}",
        "cache": "M(S)",
        "operation_energy": r"\varepsilon_\mathrm{op}",
        "operations": "F_1",
    },
)
def decode_energy(
    effectiveness: float,
    batch: int,
    gpus: int,
    static: float,
    step: float,
    byte_energy: float,
    weights: float,
    cache: float,
    operation_energy: float,
    operations: float,
) -> float:
    """Energy of a decoded token at the meter, from its parts.

    Args:
        effectiveness (1): power usage effectiveness; 1 gives the energy of the equipment.
        batch (1): sequences decoded together.
        gpus (1): GPUs that share weights, caches and operations evenly.
        static (W): power of one GPU that passes whatever it does, with its share of the server.
        step (s): time of a decode step of this batch.
        byte_energy (J/B): energy of a byte that is read.
        weights (B): bytes of the weights that the step reads.
        cache (B): cache of one sequence, summed over the GPUs.
        operation_energy (J/FLOP): energy of an operation in the data type used.
        operations (FLOP): operations of one token.

    Returns:
        (J/token) energy of a token: weights and time are shared by the batch, caches and operations are not.

    Assumptions:
        No speculation and no prefill in the step; energies in proportion to bytes and operations.
    """
    traffic = decode.step_traffic(weights, batch, cache)
    dynamic = dynamic_energy(byte_energy, traffic, operation_energy, decode_batch.batch_operations(batch, operations))
    power = step_power(gpus, static, dynamic, step)
    return energy_per_token(effectiveness, power, decode_batch.batch_rate(batch, step))


@formula(
    latex=r"\mathcal{E}_\mathrm{a} = \mathcal{E}_\mathrm{p} + T\, \mathcal{E}_\tau",
    symbols={"prompt": r"\mathcal{E}_\mathrm{p}", "answer": "T", "token": r"\mathcal{E}_\tau"},
)
def answer_energy(prompt: float, answer: float, token: float) -> float:
    """Energy of a request: its prompt and its answer.

    Args:
        prompt (J): energy of the prefill of its prompt, at the meter.
        answer (token): tokens generated, those of reasoning included.
        token (J/token): energy of one of them, at the meter.

    Returns:
        (J) energy of the request.

    Assumptions:
        The energy of a token is an average over the contexts of the answer.
    """
    return prompt + answer * token


@formula(
    latex=r"\varepsilon_\mathrm{b} = \frac{\bar{P} - G\, P_\mathrm{st}}{G\, \beta}",
    symbols={"power": r"\bar{P}", "gpus": "G", "static": r"P_\mathrm{st}", "bandwidth": r"\beta"},
)
def implied_byte_energy(power: float, gpus: int, static: float, bandwidth: float) -> float:
    """Energy of a byte that a measured power implies, where nothing but reading takes dynamic energy.

    Args:
        power (W): mean power of all GPUs while they read.
        gpus (1): GPUs.
        static (W): power of one GPU that passes whatever it does.
        bandwidth (B/s): bandwidth that each achieves.

    Returns:
        (J/B) energy of a byte.

    Assumptions:
        Arithmetic takes no energy; the static power is known.
    """
    return (power - gpus * static) / (gpus * bandwidth)


@formula(
    latex=r"\varepsilon_\mathrm{op} = \frac{\bar{P} - G\, P_\mathrm{st}}{P_\mathrm{ach}}",
    symbols={"power": r"\bar{P}", "gpus": "G", "static": r"P_\mathrm{st}", "rate": r"P_\mathrm{ach}"},
)
def implied_operation_energy(power: float, gpus: int, static: float, rate: float) -> float:
    """Energy of an operation that a measured power implies, where nothing but arithmetic takes dynamic energy.

    Args:
        power (W): mean power of all GPUs while they compute.
        gpus (1): GPUs.
        static (W): power of one GPU that passes whatever it does.
        rate (FLOP/s): arithmetic rate that all achieve together.

    Returns:
        (J/FLOP) energy of an operation, its operands' way from memory included.

    Assumptions:
        The static power is known.
    """
    return (power - gpus * static) / rate


@formula(
    latex=r"P_\mathrm{node} = \bar{P} + G\, P_\mathrm{host}",
    symbols={"accelerators": r"\bar{P}", "gpus": "G", "host": r"P_\mathrm{host}"},
)
def node_power(accelerators: float, gpus: float, host: float) -> float:
    """Power of a node at the wall, from that of its GPUs.

    Args:
        accelerators (W): mean power of all its GPUs together.
        gpus (1): GPUs.
        host (W): share of one GPU in processors, memory, network, fans and the losses of the supplies.

    Returns:
        (W) power of the node.

    Assumptions:
        The rest of the node draws the same whatever the GPUs do.
    """
    return accelerators + gpus * host


@formula(
    latex=r"\mathcal{E}_\mathrm{met} = \mathrm{PUE}\, \mathcal{E}_\tau",
    symbols={"effectiveness": r"\mathrm{PUE}", "energy": r"\mathcal{E}_\tau"},
)
def metered_energy(effectiveness: float, energy: float) -> float:
    """Energy of a token at the meter of a facility.

    Args:
        effectiveness (1): power usage effectiveness.
        energy (J/token): energy of a token, of the IT equipment.

    Returns:
        (J/token) with the overhead of the facility.

    Assumptions:
        The overhead is shared in proportion to energy.
    """
    return effectiveness * energy


@formula(
    latex=r"\mathcal{E} = \mathrm{PUE}\, \bar{P}\, \frac{6\, N_\mathrm{p}\, D_\mathrm{tok}}{\eta\, P_\mathrm{peak}}",
    symbols={
        "effectiveness": r"\mathrm{PUE}",
        "power": r"\bar{P}",
        "parameters": r"N_\mathrm{p}",
        "tokens": r"D_\mathrm{tok}",
        "utilization": r"\eta",
        "peak": r"P_\mathrm{peak}",
    },
)
def training_energy(
    effectiveness: float, power: float, parameters: float, tokens: float, utilization: float, peak: float
) -> float:
    """Energy of training a model, whatever the number of GPUs.

    Args:
        effectiveness (1): power usage effectiveness; 1 gives the energy of the equipment.
        power (W): mean power of one GPU with its share of the server.
        parameters (1): parameters that every token passes.
        tokens (token): tokens of training.
        utilization (1): share of the peak that training achieves, restarts and failures included.
        peak (FLOP/s): peak arithmetic rate of one GPU in the data type used.

    Returns:
        (J) energy of the run.

    Assumptions:
        Six operations for each parameter and token; attention beyond the parameters is neglected.
    """
    return effectiveness * power * 6 * parameters * tokens / (utilization * peak)
