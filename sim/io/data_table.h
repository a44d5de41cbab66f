#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

/// Tables with named axes, for files that hold more than a run. They know nothing of what is in
/// them.
namespace onward {

/// An axis and its labels.
struct TableAxis {
  std::string name;
  std::string meaning;
  std::variant<std::vector<std::string>, std::vector<std::int32_t>> labels;
  std::string unit = "1";
};

/// Values over axes, the last one fastest; NaN where there is none.
struct DataTable {
  std::string name;
  std::vector<std::string> axes;
  std::string unit;
  std::string meaning;
  std::variant<std::vector<std::int32_t>, std::vector<double>> values;
};

/// A fact about a whole file.
struct FileAttribute {
  std::string name;
  std::variant<std::string, std::int64_t> value;
};

/// All tables of a file.
struct TableSet {
  std::vector<FileAttribute> attributes;
  std::vector<TableAxis> axes;  ///< besides those of the runs
  std::vector<DataTable> tables;
};

}  // namespace onward
