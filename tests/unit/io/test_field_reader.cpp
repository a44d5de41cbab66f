#include <clocale>
#include <cmath>

#include "catch.h"
#include "io/field_reader.h"
#include "io/number_text.h"

using namespace onward;

TEST_CASE("numbers are decimal digits with sign, point and exponent, and nothing else") {
  for (const char* text : {"1", "-1", "+1", "1.5", ".5", "5.", "1e3", "1E-3", "1.5e+3", "007"}) {
    REQUIRE(parse_number(text).has_value());
  }
  for (const char* text : {"", "-", ".", "e3", "1e", "1e+", "0x10", "1,5", "1_000", "nan", "inf",
                           ".inf", "1.2.3", " 1", "1 ", "--1", "1f"}) {
    REQUIRE_FALSE(parse_number(text).has_value());
  }
  REQUIRE(*parse_number("0.1") == 0.1);
  REQUIRE(*parse_number("-2.5e-3") == -0.0025);
  REQUIRE(std::isinf(*parse_number("1e999")));
  REQUIRE(*parse_number("1e-999") == 0.0);
}

TEST_CASE("numbers do not depend on the locale") {
  const std::string before = std::setlocale(LC_NUMERIC, nullptr);
  if (std::setlocale(LC_NUMERIC, "de_DE.UTF-8") != nullptr) {
    CHECK(*parse_number("0.5") == 0.5);
    CHECK(number_text(0.5) == "0.5");
  }
  std::setlocale(LC_NUMERIC, before.c_str());
}

TEST_CASE("written numbers are short and read back as the same number") {
  REQUIRE(number_text(0.1) == "0.1");
  REQUIRE(number_text(0) == "0");
  REQUIRE(number_text(1e9) == "1e9");
  REQUIRE(number_text(1e-9) == "1e-9");
  REQUIRE(number_text(-50) == "-50");
  for (const double number :
       {1.0 / 3.0, 2.0 / 3.0, 1e300, 5e-324, 123456789.123456789, 0.1 + 0.2}) {
    REQUIRE(*parse_number(number_text(number)) == number);
  }
}

TEST_CASE("a value may stand alone or with its remarks") {
  Problems problems;
  const FieldRow row{"x", FieldKind::kNumber, false, 0, 1, "1", "a chance", "", {}};
  const Tree tree = parse_yaml("a: 0.5\nb: {value: 0.25, source: s, note: n}\n", "f");
  REQUIRE(read_number(*tree.find("a"), row, "a", problems) == 0.5);
  REQUIRE(read_number(*tree.find("b"), row, "b", problems) == 0.25);
  REQUIRE(problems.empty());
}

TEST_CASE("switches are written in six ways each") {
  Problems problems;
  for (const char* word : {"true", "yes", "on", "True", "Yes", "On"}) {
    REQUIRE(read_switch(make_scalar(word, {}), "x", problems) == true);
  }
  for (const char* word : {"false", "no", "off", "False", "No", "Off"}) {
    REQUIRE(read_switch(make_scalar(word, {}), "x", problems) == false);
  }
  REQUIRE(problems.empty());
  REQUIRE_FALSE(read_switch(make_scalar("1", {}), "x", problems).has_value());
  REQUIRE(problems.count() == 1);
}

TEST_CASE("every kind says what it expects") {
  const std::string_view words[] = {"a", "b", "c"};
  REQUIRE(expectation({"x", FieldKind::kNumber, false, 0, 1e9, "", "", "", {}}) ==
          "a number from 0 to 1e9");
  REQUIRE(expectation({"x", FieldKind::kWhole, false, 2, 10, "", "", "", {}}) ==
          "a whole number from 2 to 10");
  REQUIRE(expectation({"x", FieldKind::kChoice, false, 0, 0, "", "", "", words}) == "a, b or c");
}
