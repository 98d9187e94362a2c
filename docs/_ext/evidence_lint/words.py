"""The words that decide whether a number claims something."""

from __future__ import annotations


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


# Things whose count is a claim ("80 layers"). Steps, blocks and stages of a procedure are not.
COUNTED = _words("""
tokens? users? requests? sequences? layers? heads? GPUs? TPUs? CPUs? chips? nodes? devices? accelerators? servers?
cores? SMs experts? parameters? params prompts? samples? questions? problems? queries conversations? pages? words?
positions? elements? operations? FLOPs cycles? replicas? racks? machines?
""")

# Those that a number with a glued magnitude may count ("128k tokens"); with others it is a name ("70B layers").
SCALED = _words("""
tokens? parameters? params users? requests? prompts? samples? words? elements? operations? sequences? positions?
""")

# Units in words; entries here and in NAMED are regular expressions.
UNIT_WORDS = _words(r"""
(?:kilo|mega|giga|tera|peta|exa|kibi|mebi|gibi|tebi|pebi|milli|micro|nano|pico)?(?:bytes?|bits?|seconds?|watts?|joules?)
(?:kilo|mega|giga|tera)?(?:watt-hours?|hertz|flops) minutes? hours? days? weeks? months? years? degrees dollars?
cents? euros? percent per\scent percentage\spoints? pp basis\spoints?
""")

# Beside the symbols of figures/units.py.
UNIT_SYMBOLS = _words("""
TFLOPS GFLOPS PFLOPS EFLOPS TFLOPs GFLOPs PFLOPs TOPS FLOPS Gb Mb Tb GT EUR tok req bits bps Gbps Mbps kV mV mm nm
µm cm sec
""")

# What is followed by a number that belongs to its name.
NAMED = _words(r"""
Llama LLaMA Gemma Qwen QwQ Mistral Mixtral Claude Gemini Phi Falcon OPT Yi Grok GLM Kimi OLMo DeepSeek Granite
Nemotron Command PaLM Pythia BLOOM GPT MPT Jamba Mamba RWKV RoBERTa Vicuna Alpaca StarCoder CodeLlama Code\sLlama
DBRX Baichuan InternLM MiniCPM Hunyuan ERNIE Chinchilla Gopher Megatron FlashAttention CUDA ROCm PyTorch Python
Triton vLLM SGLang TensorRT NVLink NVSwitch InfiniBand PCIe PCI\sExpress Gen HBM DDR GDDR LPDDR Ethernet TPU TPU\sv
Instinct Gaudi Trainium Zen Ubuntu Debian Linux Table Tab\. Tables Figure Figures Fig\. Figs\. Section Sections
Sec\. Chapter Chapters Equation Equations Eq\. Eqs\. Algorithm Exercise Exercises Appendix Listing Step Steps Layer
Stage Phase Level Part Case Experiment Version version v page pages pp?\. RFC IEEE Issue issue No\. Note Item Rule
Lemma Theorem
""")

MONTHS = _words("""
January February March April May June July August September October November December
""")

# "4-bit weights" names a format; "4 bits per weight" is a number.
FORMATTED = _words("""
quanti weight float integer precision format int variant version model key value cache code KV activation
""")

NUMBER_WORDS = _words("""
two three four five six seven eight nine ten twelve twenty fifty hundred thousand several many
""")

# "three times faster" compares; "three times" alone repeats.
COMPARED = _words("""
as more less fewer faster slower larger smaller bigger higher lower longer shorter cheaper better greater worse the
its that those what over quicker deeper wider denser heavier lighter
""")

ABBREVIATIONS = _words("""
e.g i.e et al fig figs eq eqs sec secs tab ch chs vs cf approx ca no nos pp p resp app vol ed eds dr prof st inc ltd
corp co dept est alg thm def ref refs max min avg incl excl viz jan feb mar apr jun jul aug sep sept oct nov dec
""")
