// SPDX-License-Identifier: BSD-3-Clause
// Hides the header of Wine, as Microsoft has none.
#error "no dirent.h, as with Microsoft's headers"
