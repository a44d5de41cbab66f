#include "core/calendar.h"

#include "catch.h"

using namespace onward;

TEST_CASE("Months add and subtract across years") {
  CHECK(YearMonth{2013, 11} + 3 == YearMonth{2014, 2});
  CHECK(YearMonth{2014, 2} + -3 == YearMonth{2013, 11});
  CHECK(YearMonth{2014, 2} - YearMonth{2013, 11} == 3);
  CHECK(YearMonth{2013, 12} < YearMonth{2014, 1});
}

TEST_CASE("A month knows its year and its place in it") {
  for (int year : {1000, 2003, 3000}) {
    for (int month = 1; month <= 12; ++month) {
      const YearMonth date{year, month};
      CHECK(date.year() == year);
      CHECK(date.month() == month);
    }
  }
}

TEST_CASE("A month is read back from its text") {
  for (YearMonth date{1000, 1}; date <= YearMonth{3000, 12}; date = date + 7)
    CHECK(parse_year_month(to_text(date)) == date);
  CHECK(to_text(YearMonth{2013, 2}) == "2013-02");
  CHECK(to_text(YearMonth{2013, 12}) == "2013-12");
}

TEST_CASE("Texts that are no month are refused") {
  for (const char* text :
       {"",         "2013",    "2013-",   "2013-1",  "2013-001", "2013-00", "2013-13",
        "13-02",    "0999-12", "3001-01", "2013/02", "2013-0x",  "x013-02", "2013-02 ",
        " 2013-02", "-013-02", "+013-02", "2013--2", "2013-+2",  "2013- 2", "2.13-02"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_year_month(text).has_value());
  }
}
