#pragma once

#include <string>
#include <string_view>

#include "core/check.h"

namespace onward {

/// Text ready for a parser: without a byte order mark, lines ended by LF alone. Errors: InputError
/// if it is longer than kMaxTextBytes, is not UTF-8, holds control characters, or holds more than
/// kMaxMarks characters that can separate values.
std::string checked_text(std::string_view text, const std::string& name);

}  // namespace onward
