#include "cli/command.h"

int main(int count, char** words) { return onward::dispatch(count, words); }
