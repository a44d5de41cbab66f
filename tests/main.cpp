// The main function of the test programs with Catch2 2; version 3 brings its own in a library.
#define CATCH_CONFIG_MAIN
#include <catch2/catch.hpp>
