#pragma once

#include <string>

namespace onward {

/// The shortest decimal text that reads back as the same number, in any locale: "0.1", "1e9".
std::string number_text(double number);

}  // namespace onward
