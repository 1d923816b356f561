# libsmpp34, the codec.

AC_DEFUN([MLANGO_LIBSMPP34], [
AC_CHECK_HEADER([libsmpp34/smpp34.h], [],
    [AC_MSG_ERROR([libsmpp34 is missing: apt install libsmpp34-dev])],
    [#include <stdint.h>])
SMPP34_LIBS=-lsmpp34
AC_SUBST([SMPP34_LIBS])
])
