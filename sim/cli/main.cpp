#include "cli/command.h"
#include "core/machine_memory.h"

int main(int count, char** words) {
  onward::keep_freed_memory();
  return onward::dispatch(count, words);
}
