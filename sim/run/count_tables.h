#pragma once

#include "io/data_table.h"
#include "run/month_table.h"

namespace onward {

/// The counts of a comparison as tables with named axes, all by replicate.
std::vector<DataTable> count_tables(const CountTable& counts);

/// Blocked departures by month and response, and when those people depart instead.
std::vector<DataTable> month_tables(const MonthTable& table, int months, std::size_t replicates);

}  // namespace onward
