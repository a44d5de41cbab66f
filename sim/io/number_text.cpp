#include "io/number_text.h"

#include <locale>
#include <sstream>

namespace onward {

namespace {

std::string written(double number, int digits) {
  std::ostringstream stream;
  stream.imbue(std::locale::classic());
  stream.precision(digits);
  stream << number;
  std::string text = stream.str();
  // "1e+09" is "1e9" to every reader.
  const std::size_t exponent = text.find('e');
  if (exponent == std::string::npos) return text;
  const bool is_negative = text[exponent + 1] == '-';
  const std::size_t first_digit = text.find_first_not_of('0', exponent + 2);
  return text.substr(0, exponent + 1) + (is_negative ? "-" : "") + text.substr(first_digit);
}

bool reads_back(const std::string& text, double number) {
  std::istringstream stream(text);
  stream.imbue(std::locale::classic());
  double read = 0.0;
  return stream >> read && read == number;
}

}  // namespace

std::string number_text(double number) {
  constexpr int kAlwaysEnough = 17;
  for (int digits = 6; digits < kAlwaysEnough; ++digits) {
    std::string text = written(number, digits);
    if (reads_back(text, number)) return text;
  }
  return written(number, kAlwaysEnough);
}

}  // namespace onward
