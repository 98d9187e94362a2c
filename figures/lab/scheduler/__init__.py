"""A seeded discrete-event simulator of inference engines that batch requests.

- ``workload``   requests, and seeded streams of them
- ``state``      what an engine knows between two steps, and what a policy may do with it
- ``policies``   static, dynamic, continuous and chunked batching
- ``engine``     the loop: one engine under one policy, and what it records
- ``pair``       prefill on some engines, decode on others, caches sent between them
- ``step_times`` the two-resource roofline as the time of a step
- ``metrics``    TTFT, TPOT, percentiles, goodput, throughput
"""
