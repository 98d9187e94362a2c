"""A laboratory of alignment: policies over a few answers, small enough to be enumerated.

- ``policies``     softmax policies, divergences, the optimum of a regularized reward
- ``divergences``  estimates of a KL divergence from samples, as values and as losses
- ``best_of``      the best of n, exactly
- ``gradients``    policy gradients of a group of samples: mean and variance over all groups
- ``lengths``      what normalizing by length does to the length of answers
- ``updates``      many updates on one batch: clipped, masked, weighted
- ``pairs``        direct preference optimization
- ``proxies``      a true reward, a proxy of it, and policies that push the proxy
- ``staleness``    learning from answers of an older policy
- ``mismatch``     a sampler whose probabilities are not those of the trainer
- ``stragglers``   a sampler that waits for its longest answer, or does not
"""
