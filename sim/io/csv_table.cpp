#include "io/csv_table.h"

#include <unistd.h>

#include <array>
#include <cerrno>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <stdexcept>

namespace onward {

namespace {

/// Bytes that are collected before they go to the file.
constexpr std::size_t kBufferBytes = std::size_t{1} << 18;

}  // namespace

std::string csv_cell(std::string_view text) {
  constexpr std::string_view kFormulaStarts = "=+-@\t\r\n";
  std::string cell(text);
  if (!text.empty() && kFormulaStarts.find(text.front()) != std::string_view::npos) {
    cell.insert(cell.begin(), '\'');
  }
  if (cell.find_first_of(",\"\r\n") == std::string::npos) return cell;
  std::string quoted = "\"";
  for (const char letter : cell) {
    quoted += letter;
    if (letter == '"') quoted += letter;
  }
  return quoted + '"';
}

std::string csv_cell(double number, bool is_float) {
  if (std::isnan(number)) return {};
  if (number == std::floor(number) && std::fabs(number) < 1e15) {
    return std::to_string(static_cast<long long>(number));
  }
  std::array<char, 40> text{};
  const int most_digits = is_float ? 9 : 17;
  for (int digits = is_float ? 6 : 15; digits <= most_digits; ++digits) {
    std::snprintf(text.data(), text.size(), "%.*g", digits, number);
    const bool is_same = is_float ? std::strtof(text.data(), nullptr) == static_cast<float>(number)
                                  : std::strtod(text.data(), nullptr) == number;
    if (is_same) break;
  }
  return text.data();
}

CsvTable::CsvTable(std::string path)
    : path_(std::move(path)),
      temporary_(path_ + ".partial-" + std::to_string(::getpid())),
      file_(std::fopen(temporary_.c_str(), "wb"), std::fclose) {
  if (file_ == nullptr) fail("create the file");
}

CsvTable::~CsvTable() {
  if (file_ != nullptr) std::remove(temporary_.c_str());
}

void CsvTable::fail(const std::string& action) const {
  throw std::runtime_error(path_ + ": cannot " + action + ": " + std::strerror(errno));
}

void CsvTable::add(std::string_view text) { add_raw(csv_cell(text)); }

void CsvTable::add(double number) { add_raw(csv_cell(number, false)); }

void CsvTable::add_raw(std::string_view cell) {
  if (!is_row_empty_) buffer_ += ',';
  buffer_ += cell;
  is_row_empty_ = false;
}

void CsvTable::end_row() {
  buffer_ += "\r\n";
  is_row_empty_ = true;
  if (buffer_.size() >= kBufferBytes) flush_buffer();
}

void CsvTable::flush_buffer() {
  const std::size_t written = std::fwrite(buffer_.data(), 1, buffer_.size(), file_.get());
  if (written != buffer_.size()) fail("write the file");
  buffer_.clear();
}

void CsvTable::close() {
  flush_buffer();
  if (std::fflush(file_.get()) != 0 || ::fsync(::fileno(file_.get())) != 0) fail("write the file");
  if (std::rename(temporary_.c_str(), path_.c_str()) != 0) fail("rename it to its name");
  file_.reset();
}

}  // namespace onward
