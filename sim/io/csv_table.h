#pragma once

#include <cstdio>
#include <memory>
#include <string>
#include <string_view>

namespace onward {

/// One CSV file (RFC 4180, CR LF line ends) under a temporary name until it is complete.
/// Errors: std::runtime_error with the path.
class CsvTable {
 public:
  /// Starts PATH.partial-PID.
  explicit CsvTable(std::string path);
  /// Removes the temporary file if `close` was not reached.
  ~CsvTable();
  CsvTable(const CsvTable&) = delete;
  CsvTable& operator=(const CsvTable&) = delete;

  /// Adds a cell to the present row: a text, quoted where needed, or a number.
  void add(std::string_view text);
  void add(double number);
  /// Adds a cell that is already written as CSV.
  void add_raw(std::string_view cell);
  void end_row();

  /// Writes out and gives the file its name.
  void close();

 private:
  [[noreturn]] void fail(const std::string& action) const;
  void flush_buffer();

  std::string path_;
  std::string temporary_;
  std::unique_ptr<std::FILE, int (*)(std::FILE*)> file_;
  std::string buffer_;
  bool is_row_empty_ = true;
};

/// A text as one CSV cell. A spreadsheet would take a text that starts with = + - @, a tab or a
/// line end for a formula, so such a text gets an apostrophe before it.
std::string csv_cell(std::string_view text);

/// A number as one CSV cell: the shortest decimals that read back as the same number in the
/// precision of the series (float if `is_float`); empty for NaN.
std::string csv_cell(double number, bool is_float);

}  // namespace onward
