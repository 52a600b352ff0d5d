// SPDX-License-Identifier: BSD-3-Clause
// Hides the header of Wine, as Microsoft has none.
#error "no unistd.h, as with Microsoft's headers"
