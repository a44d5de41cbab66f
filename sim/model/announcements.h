#pragma once

#include "model/communities.h"

namespace onward {

/// Communities hear the month's announcements and tell their ties of those that they have heard.
void spread_announcements(Communities& communities, const Month& month);

}  // namespace onward
