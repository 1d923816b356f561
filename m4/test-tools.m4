# What only the tests need. A missing tool never fails configure: make check
# says what it misses.

AC_DEFUN([MLANGO_TEST_TOOLS], [
PKG_CHECK_MODULES([CMOCKA], [cmocka >= 1.1.5], [have_cmocka=yes],
    [have_cmocka=no])
AM_CONDITIONAL([HAVE_CMOCKA], [test "x$have_cmocka" = xyes])
AC_PATH_PROG([PROVE], [prove])
AC_PATH_PROG([REDIS_SERVER], [redis-server])
])
