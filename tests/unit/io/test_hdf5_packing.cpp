#include "io/hdf5_packing.h"

#include <array>
#include <bit>
#include <cstdint>
#include <numeric>
#include <thread>

#include "catch.h"
#include "hdf5_sample.h"

using namespace onward;

namespace {

using Lengths = std::vector<hsize_t>;
using Values = std::vector<std::int32_t>;

hsize_t product(const Lengths& lengths) {
  return std::accumulate(lengths.begin(), lengths.end(), hsize_t{1}, std::multiplies<>());
}

PackedPieces packed_by(const PiecePlan& plan, const Values& values) {
  PackedPieces packed;
  plan.pack(values.data(), packed);
  return packed;
}

/// A file with one series over two replicates.
class OneSeries {
 public:
  OneSeries(const std::string& path, const Lengths& lengths, const Lengths& piece,
            hid_t type = H5T_NATIVE_INT32)
      : lengths_(lengths),
        file_(H5Fcreate(path.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT), H5Fclose,
              "create") {
    const Hdf5Handle properties(H5Pcreate(H5P_DATASET_CREATE), H5Pclose, "plan");
    if (!piece.empty()) {
      H5Pset_chunk(properties.get(), static_cast<int>(piece.size()), piece.data());
      H5Pset_shuffle(properties.get());
      H5Pset_deflate(properties.get(), 1);
    }
    const Hdf5Handle space(
        H5Screate_simple(static_cast<int>(lengths.size()), lengths.data(), nullptr), H5Sclose,
        "space");
    dataset_ = Hdf5Handle(H5Dcreate2(file_.get(), "series", type, space.get(), H5P_DEFAULT,
                                     properties.get(), H5P_DEFAULT),
                          H5Dclose, "create the series");
  }

  hid_t id() const { return dataset_.get(); }
  std::size_t size() const { return product(lengths_) / lengths_[0]; }

  /// Stores a replicate and returns the number of its pieces.
  std::size_t store(hsize_t position, const Values& values) const {
    const PiecePlan plan = *PiecePlan::of(id());
    const PackedPieces packed = packed_by(plan, values);
    plan.write(id(), position, packed);
    return packed.pieces.size();
  }

  /// Everything that is stored, as HDF5 reads it.
  Values read() const {
    Values values(product(lengths_), -1);
    REQUIRE(H5Dread(id(), H5T_NATIVE_INT32, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()) >= 0);
    return values;
  }

 private:
  Lengths lengths_;
  Hdf5Handle file_;
  Hdf5Handle dataset_;
};

/// Whole numbers without a pattern.
Values noise(std::size_t count) {
  Values values;
  std::uint32_t state = 12345;
  for (std::size_t i = 0; i < count; ++i) {
    state = state * 1664525u + 1013904223u;
    values.push_back(static_cast<std::int32_t>(state));
  }
  return values;
}

}  // namespace

TEST_CASE("HDF5 reads packed pieces as the values that they were made of", "[packing]") {
  const sample::Folder folder("packing");
  struct Case {
    Lengths lengths;
    Lengths piece;
  };
  const auto number = GENERATE(range(std::size_t{0}, std::size_t{5}));
  CAPTURE(number);
  const Case shape = std::vector<Case>{{{2, 300}, {1, 300}},
                                       {{2, 5, 3}, {1, 2, 3}},
                                       {{2, 4, 6, 50}, {1, 1, 4, 50}},
                                       {{2, 3, 2, 70}, {1, 1, 1, 32}},
                                       {{2, 1, 1}, {1, 1, 1}}}[number];
  const OneSeries series(folder.file("a.h5"), shape.lengths, shape.piece);
  Values small(series.size());
  for (std::size_t i = 0; i < small.size(); ++i) small[i] = static_cast<std::int32_t>(i % 7) - 2;
  const Values wild = noise(series.size());
  // The later replicate first: the order is free.
  CHECK(series.store(1, wild) > 0);
  CHECK(series.store(0, small) > 0);
  Values both = small;
  both.insert(both.end(), wild.begin(), wild.end());
  CHECK(series.read() == both);
}

namespace {

/// What a series may hold, by which bytes of its values are other than 0.
struct Kind {
  const char* name;
  Values (*values)(std::size_t count);
};

template <class ValueOf>
Values fill(std::size_t count, ValueOf value_of) {
  Values values(count);
  for (std::size_t i = 0; i < count; ++i)
    values[i] = static_cast<std::int32_t>(value_of(static_cast<std::uint32_t>(i)));
  return values;
}

const auto kKinds = std::to_array<Kind>({
    {"few small counts", [](std::size_t n) { return fill(n, [](auto i) { return i % 97 == 5; }); }},
    {"counts of one byte", [](std::size_t n) { return fill(n, [](auto i) { return i % 256; }); }},
    {"the largest byte", [](std::size_t n) { return fill(n, [](auto) { return 255u; }); }},
    {"one of two bytes",
     [](std::size_t n) { return fill(n, [](auto i) { return i == 3 ? 700u : i % 5; }); }},
    {"counts of three bytes",
     [](std::size_t n) { return fill(n, [](auto i) { return i * 2654435761u >> 10; }); }},
    {"only the highest byte",
     [](std::size_t n) { return fill(n, [](auto i) { return (i % 3) << 24; }); }},
    {"negative numbers", [](std::size_t n) { return fill(n, [](auto i) { return 3 - i % 7; }); }},
    {"reals",
     [](std::size_t n) {
       return fill(n, [](auto i) {
         return std::bit_cast<std::uint32_t>(0.25f + 1.5f / static_cast<float>(1 + i));
       });
     }},
    {"noise", noise},
});

}  // namespace

TEST_CASE("HDF5 reads every kind of values, in pieces that are full and not", "[packing]") {
  const sample::Folder folder("packing");
  const Kind kind = kKinds[GENERATE(range(std::size_t{0}, kKinds.size()))];
  // Pieces below and above the size up to which the fixed code serves, and runs of zeros longer
  // than what Adler-32 counts modulo.
  const auto number = GENERATE(range(std::size_t{0}, std::size_t{4}));
  CAPTURE(kind.name, number);
  const auto [lengths, piece] =
      std::vector<std::pair<Lengths, Lengths>>{{{2, 40}, {1, 40}},
                                               {{2, 11, 300}, {1, 4, 300}},
                                               {{2, 2049}, {1, 2048}},
                                               {{2, 70000}, {1, 70000}}}[number];
  const OneSeries series(folder.file("a.h5"), lengths, piece);
  const Values values = kind.values(series.size());
  series.store(1, values);
  Values both(series.size(), 0);
  both.insert(both.end(), values.begin(), values.end());
  CHECK(series.read() == both);
}

TEST_CASE("the same values are packed to the same bytes whatever came before", "[packing]") {
  const sample::Folder folder("packing");
  const OneSeries series(folder.file("a.h5"), {2, 3, 5000}, {1, 1, 5000});
  const PiecePlan plan = *PiecePlan::of(series.id());
  PackedPieces used;  // again and again
  const auto bytes_of = [&](const Values& values) {
    plan.pack(values.data(), used);
    std::vector<std::size_t> ends;
    for (const PackedPieces::Piece& piece : used.pieces) ends.push_back(piece.end);
    return std::pair(used.bytes, ends);
  };
  for (const Kind& kind : kKinds) {
    CAPTURE(kind.name);
    const Values values = kind.values(series.size());
    const auto first = bytes_of(values);
    bytes_of(noise(series.size()));
    CHECK(bytes_of(values) == first);
    PackedPieces elsewhere;
    std::thread([&] { plan.pack(values.data(), elsewhere); }).join();
    CHECK(elsewhere.bytes == first.first);
  }
}

TEST_CASE("bytes that are 0 in all values take little room", "[packing]") {
  const sample::Folder folder("packing");
  const OneSeries series(folder.file("a.h5"), {1, 40000}, {1, 40000});
  Values values(40000, 0);
  values[7] = 200;
  const PackedPieces packed = packed_by(*PiecePlan::of(series.id()), values);
  REQUIRE(packed.pieces.size() == 1);
  CHECK(packed.bytes.size() < 300);
}

TEST_CASE("pieces of zeros are not stored", "[packing]") {
  const sample::Folder folder("packing");
  const OneSeries series(folder.file("a.h5"), {2, 4, 100}, {1, 2, 100});
  const PiecePlan plan = *PiecePlan::of(series.id());
  CHECK(packed_by(plan, Values(400, 0)).pieces.empty());
  Values late(400, 0);
  late[399] = 1;
  const PackedPieces packed = packed_by(plan, late);
  REQUIRE(packed.pieces.size() == 1);
  CHECK(packed.pieces[0].number == 1);
  CHECK(packed.pieces[0].end == packed.bytes.size());
  CHECK(packed.bytes.size() < 50);
  CHECK(series.store(1, late) == 1);
  Values all(800, 0);
  all[799] = 1;
  CHECK(series.read() == all);
}

TEST_CASE("only series in pieces of one replicate are packed", "[packing]") {
  const sample::Folder folder("packing");
  CHECK_FALSE(PiecePlan::of(OneSeries(folder.file("a.h5"), {2, 10}, {}).id()));
  CHECK_FALSE(PiecePlan::of(OneSeries(folder.file("b.h5"), {2, 10}, {2, 10}).id()));
  CHECK_FALSE(
      PiecePlan::of(OneSeries(folder.file("c.h5"), {2, 10}, {1, 10}, H5T_NATIVE_DOUBLE).id()));
}
