# What only running and testing need. A missing tool never fails configure:
# its end says so, and make check refuses to pass without it.

AC_DEFUN([MLANGO_TEST_TOOLS], [
test_tools_missing=
PKG_CHECK_MODULES([CMOCKA], [cmocka >= 1.1.5], [have_cmocka=yes], [
	have_cmocka=no
	test_tools_missing="$test_tools_missing cmocka"
])
AM_CONDITIONAL([HAVE_CMOCKA], [test "x$have_cmocka" = xyes])
MLANGO_TEST_TOOL([PROVE], [prove])
MLANGO_TEST_TOOL([REDIS_SERVER], [redis-server])
MLANGO_TEST_TOOL([NODE], [node])
MLANGO_TEST_TOOL([NPM], [npm])
MLANGO_TEST_TOOL([TSHARK], [tshark])
MLANGO_TEST_TOOL([MANDOC], [mandoc])
MLANGO_TEST_TOOL([DOT], [dot])
MLANGO_TEST_TOOL([OPENSSL], [openssl])
TEST_TOOLS_MISSING=$test_tools_missing
AC_SUBST([TEST_TOOLS_MISSING])
])

# MLANGO_TEST_TOOL(VARIABLE, PROGRAM)
AC_DEFUN([MLANGO_TEST_TOOL], [
AC_PATH_PROG([$1], [$2], [], [$PATH:/usr/local/sbin:/usr/sbin:/sbin])
AS_IF([test -z "$$1"], [test_tools_missing="$test_tools_missing $2"])
])
