#pragma once

#include <cstdlib>  // says whether this is glibc, which can choose at the start

/// ONWARD_VECTORISED before a function makes the compiler translate it three times, for processors
/// with AVX-512, with AVX2 and with neither, and take the fitting one at the start. Its loops give
/// the same bits each way, because IEEE operations do not depend on how many are done at once and
/// fused operations stay off. Empty where the compiler or the system cannot choose, and under
/// sanitizers, whose start-up the choice would come before.
#if defined(__x86_64__) && defined(__GLIBC__) && defined(__GNUC__) && !defined(__clang__) && \
    !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__) && defined(__OPTIMIZE__)
#define ONWARD_CHOOSES_PROCESSOR
#define ONWARD_VECTORISED __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define ONWARD_VECTORISED
#endif
