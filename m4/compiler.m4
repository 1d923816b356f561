# How we compile: warnings that hold in gcc and clang, hardening by default,
# and the switches that a developer turns.

AC_DEFUN([MLANGO_COMPILER_FLAGS], [
WARNING_CFLAGS="-Wall -Wextra -Wshadow -Wswitch-enum -Wvla -Wstrict-prototypes"
BUILD_CFLAGS="-std=c11 -fno-strict-aliasing"
BUILD_LDFLAGS=
MLANGO_WERROR
MLANGO_FUZZING
MLANGO_SANITIZERS
MLANGO_COVERAGE
MLANGO_HARDENING
AC_SUBST([WARNING_CFLAGS])
AC_SUBST([BUILD_CFLAGS])
AC_SUBST([BUILD_LDFLAGS])
])

AC_DEFUN([MLANGO_WERROR], [
AC_ARG_ENABLE([werror],
    [AS_HELP_STRING([--enable-werror], [treat every warning as an error])])
AS_IF([test "x$enable_werror" = xyes],
    [WARNING_CFLAGS="$WARNING_CFLAGS -Werror"])
])

AC_DEFUN([MLANGO_FUZZING], [
AC_ARG_ENABLE([fuzzing],
    [AS_HELP_STRING([--enable-fuzzing],
	[link the fuzzers with libFuzzer for 'make fuzz'; needs CC=clang,
	implies the sanitizers])])
AS_IF([test "x$enable_fuzzing" = xyes], [
	MLANGO_CAN_LINK([-fsanitize=fuzzer], [fuzzing],
	    [int LLVMFuzzerTestOneInput(const char *at, unsigned long len);
	    int LLVMFuzzerTestOneInput(const char *at, unsigned long len)
	    { return at == 0 && len == 1; }],
	    [--enable-fuzzing needs clang with its runtime: try
./configure CC=clang --enable-fuzzing; ./autogen.sh --deps=all installs both])
	enable_sanitizers=yes
	BUILD_CFLAGS="$BUILD_CFLAGS -fsanitize=fuzzer-no-link"
])
AM_CONDITIONAL([FUZZING], [test "x$enable_fuzzing" = xyes])
])

AC_DEFUN([MLANGO_SANITIZERS], [
AC_ARG_ENABLE([sanitizers],
    [AS_HELP_STRING([--enable-sanitizers],
	[watch memory and undefined behaviour while running])])
AS_IF([test "x$enable_sanitizers" = xyes], [
	MLANGO_CAN_LINK([-fsanitize=address,undefined], [sanitizing],
	    [int main(void) { return 0; }],
	    [--enable-sanitizers needs the sanitizers of $CC; those of clang are
installed by ./autogen.sh --deps=all])
	enable_hardening=no
	BUILD_CFLAGS="$BUILD_CFLAGS -g -fno-omit-frame-pointer"
	BUILD_CFLAGS="$BUILD_CFLAGS -fsanitize=address,undefined"
	BUILD_CFLAGS="$BUILD_CFLAGS -fno-sanitize-recover=all"
	BUILD_LDFLAGS="$BUILD_LDFLAGS -fsanitize=address,undefined"
	AC_DEFINE([SANITIZED], [1],
	    [Memory is watched, and so must not be handed out again.])
])
AM_CONDITIONAL([SANITIZERS], [test "x$enable_sanitizers" = xyes])
])

AC_DEFUN([MLANGO_COVERAGE], [
AC_ARG_ENABLE([coverage],
    [AS_HELP_STRING([--enable-coverage],
	[count which lines run, for 'make coverage'])])
AS_IF([test "x$enable_coverage" = xyes], [
	enable_hardening=no
	BUILD_CFLAGS="$BUILD_CFLAGS -O0 -g --coverage -fprofile-abs-path"
	BUILD_LDFLAGS="$BUILD_LDFLAGS --coverage"
	AS_IF([test "x$GCC" = xyes && $CC --version | grep -q clang],
	    [AC_MSG_ERROR([--enable-coverage counts with gcc and its gcov])])
])
AC_CHECK_TOOL([GCOV], [gcov])
AM_CONDITIONAL([COVERAGE], [test "x$enable_coverage" = xyes])
])

AC_DEFUN([MLANGO_HARDENING], [
AC_ARG_ENABLE([hardening],
    [AS_HELP_STRING([--disable-hardening],
	[leave out stack protector, FORTIFY, PIE and full RELRO])])
AS_IF([test "x$enable_hardening" != xno], [
	BUILD_CFLAGS="$BUILD_CFLAGS -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2"
	BUILD_CFLAGS="$BUILD_CFLAGS -fstack-protector-strong"
	BUILD_CFLAGS="$BUILD_CFLAGS -fstack-clash-protection -fPIE"
	BUILD_LDFLAGS="$BUILD_LDFLAGS -pie -Wl,-z,relro -Wl,-z,now"
])
])

# MLANGO_CAN_LINK(FLAG, WHAT, PROGRAM, OR-ELSE)
AC_DEFUN([MLANGO_CAN_LINK], [
AC_MSG_CHECKING([whether $CC links for $2])
mlango_saved_CFLAGS=$CFLAGS
CFLAGS="$CFLAGS $1"
AC_LINK_IFELSE([AC_LANG_SOURCE([$3])], [AC_MSG_RESULT([yes])], [
	AC_MSG_RESULT([no])
	AC_MSG_ERROR([m4_normalize([$4])])
])
CFLAGS=$mlango_saved_CFLAGS
])
