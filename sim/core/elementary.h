#pragma once

#include <bit>
#include <cstdint>
#include <cstring>

/// Elementary functions on the path of a draw or a choice. They use only IEEE additions,
/// multiplications and divisions in a fixed order, so that every compiler, instruction set and
/// browser gives the same bits. Plain Taylor series, long enough that the first term left out is
/// below 1e-17, added up in fours, which need not wait for one another; see
/// docs/decisions/0003-elementary-functions.md for the measured errors.
namespace onward {

/// Copies the bits of a value (std::bit_cast is missing in one of our tool chains).
template <class To, class From>
To copy_bits(const From& from) {
  static_assert(sizeof(To) == sizeof(From));
  To to;
  std::memcpy(&to, &from, sizeof(To));
  return to;
}

/// A whole number below 2^52 as a double. No conversion instruction, so that loops vectorise.
inline double whole_number(std::uint64_t number) {
  return copy_bits<double>(number | 0x4330000000000000ULL) - 0x1p52;  // 2^52 + number, exactly
}

/// Four neighbouring terms of a power series, from that of x^0 on.
inline double four_terms(double a, double b, double c, double d, double x, double square) {
  return (a + b * x) + (c + d * x) * square;
}

inline constexpr double kLog2 = 0.693147180559945309417232121458;
inline constexpr double kPi = 3.14159265358979323846264338328;

/// Natural logarithm of a positive, finite, normal number. Relative error below 4e-16.
inline double exact_log(double x) {
  std::uint64_t bits = copy_bits<std::uint64_t>(x);
  // Split into 2^exponent * mantissa with the mantissa in [sqrt(1/2), sqrt(2)).
  constexpr std::uint64_t kSqrtHalf = 0x3fe6a09e667f3bcdULL;
  constexpr std::uint64_t kBias = 2048;  // keeps the exponent positive
  const std::uint64_t biased = (bits - kSqrtHalf + (kBias << 52)) >> 52;
  const double exponent = whole_number(biased) - static_cast<double>(kBias);
  bits -= (biased - kBias) << 52;
  const double mantissa = copy_bits<double>(bits);
  const double s = (mantissa - 1.0) / (mantissa + 1.0);
  const double z = s * s;  // at most 0.0295
  const double square = z * z;
  const double fourth = square * square;
  const double first = four_terms(1.0 / 3, 1.0 / 5, 1.0 / 7, 1.0 / 9, z, square);
  const double second = four_terms(1.0 / 11, 1.0 / 13, 1.0 / 15, 1.0 / 17, z, square);
  const double third = 1.0 / 19 + z * (1.0 / 21);
  const double series = first + fourth * (second + fourth * third);
  const double tail = 2.0 * s * z * series;
  return exponent * kLog2 + (2.0 * s + tail);
}

/// Exponential of a number, clamped to [-700, 700] so that the result is normal and finite.
/// Relative error below 4e-16.
inline double exact_exp(double x) {
  x = x < -700.0 ? -700.0 : (x > 700.0 ? 700.0 : x);
  // Adding and subtracting 1.5 * 2^52 rounds to the nearest whole number.
  constexpr double kRounder = 6755399441055744.0;
  const double shifted = x * (1.0 / kLog2) + kRounder;
  const double whole = shifted - kRounder;
  constexpr double kLog2High = 0x1.62e42fefa3800p-1;  // the leading bits: whole * high is exact
  constexpr double kLog2Low = 0x1.ef35793c76730p-45;
  const double r = (x - whole * kLog2High) - whole * kLog2Low;  // at most 0.3466 in size
  const double square = r * r;
  const double fourth = square * square;
  const double first = four_terms(1.0, 1.0, 1.0 / 2.0, 1.0 / 6.0, r, square);
  const double second = four_terms(1.0 / 24.0, 1.0 / 120.0, 1.0 / 720.0, 1.0 / 5040.0, r, square);
  const double third =
      four_terms(1.0 / 40320.0, 1.0 / 362880.0, 1.0 / 3628800.0, 1.0 / 39916800.0, r, square);
  const double last = 1.0 / 479001600.0 + r * (1.0 / 6227020800.0);
  const double series = first + fourth * (second + fourth * (third + fourth * last));
  // The low bits of `shifted` are the whole number itself; no conversion, so that loops vectorise.
  const std::uint64_t power = (copy_bits<std::uint64_t>(shifted) + 1023) << 52;
  return series * copy_bits<double>(power);
}

/// sin(pi * t) for t in [0, 1]. Relative error below 1e-15 except where the result is 0.
inline double exact_sin_pi(double t) {
  const double x = kPi * (t > 0.5 ? 1.0 - t : t);
  const double z = x * x;
  const double square = z * z;
  const double fourth = square * square;
  const double first = four_terms(1.0, -1.0 / 6.0, 1.0 / 120.0, -1.0 / 5040.0, z, square);
  const double second = four_terms(1.0 / 362880.0, -1.0 / 39916800.0, 1.0 / 6227020800.0,
                                   -1.0 / 1307674368000.0, z, square);
  const double third =
      four_terms(1.0 / 355687428096000.0, -1.0 / 121645100408832000.0, 1.0 / 51090942171709440000.0,
                 -1.0 / 25852016738884976640000.0, z, square);
  const double series = first + fourth * (second + fourth * third);
  return x * series;
}

/// Standard logistic function 1 / (1 + exp(-x)).
inline double logistic(double x) { return 1.0 / (1.0 + exact_exp(-x)); }

}  // namespace onward
