# How we compile: warnings that hold in gcc and clang, hardening by default,
# and the four switches a developer turns.

AC_DEFUN([MLANGO_COMPILER_FLAGS], [
AC_ARG_ENABLE([werror],
    [AS_HELP_STRING([--enable-werror], [treat every warning as an error])])
AC_ARG_ENABLE([sanitizers],
    [AS_HELP_STRING([--enable-sanitizers],
	[build with the address and undefined behaviour sanitizers])])
AC_ARG_ENABLE([fuzzing],
    [AS_HELP_STRING([--enable-fuzzing],
	[build the fuzz targets with libFuzzer (clang); implies sanitizers])])
AC_ARG_ENABLE([coverage],
    [AS_HELP_STRING([--enable-coverage], [measure test coverage with gcov])])
AC_ARG_ENABLE([hardening],
    [AS_HELP_STRING([--disable-hardening],
	[leave out stack protector, FORTIFY, PIE and full RELRO])])

WARNING_CFLAGS="-Wall -Wextra -Wshadow -Wswitch-enum -Wvla -Wstrict-prototypes"
AS_IF([test "x$enable_werror" = xyes],
    [WARNING_CFLAGS="$WARNING_CFLAGS -Werror"])

BUILD_CFLAGS="-std=c11 -fno-strict-aliasing"
BUILD_LDFLAGS=
AS_IF([test "x$enable_fuzzing" = xyes], [
	enable_sanitizers=yes
	BUILD_CFLAGS="$BUILD_CFLAGS -fsanitize=fuzzer-no-link"
])
AS_IF([test "x$enable_sanitizers" = xyes], [
	enable_hardening=no
	BUILD_CFLAGS="$BUILD_CFLAGS -g -fno-omit-frame-pointer"
	BUILD_CFLAGS="$BUILD_CFLAGS -fsanitize=address,undefined"
	BUILD_CFLAGS="$BUILD_CFLAGS -fno-sanitize-recover=all"
	BUILD_LDFLAGS="$BUILD_LDFLAGS -fsanitize=address,undefined"
	AC_DEFINE([SANITIZED], [1],
	    [Define when the address sanitizer watches, so that memory is not reused.])
])
AS_IF([test "x$enable_coverage" = xyes], [
	enable_hardening=no
	BUILD_CFLAGS="$BUILD_CFLAGS -O0 -g --coverage"
	BUILD_LDFLAGS="$BUILD_LDFLAGS --coverage"
])
AS_IF([test "x$enable_hardening" != xno], [
	BUILD_CFLAGS="$BUILD_CFLAGS -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2"
	BUILD_CFLAGS="$BUILD_CFLAGS -fstack-protector-strong"
	BUILD_CFLAGS="$BUILD_CFLAGS -fstack-clash-protection -fPIE"
	BUILD_LDFLAGS="$BUILD_LDFLAGS -pie -Wl,-z,relro -Wl,-z,now"
])
AM_CONDITIONAL([FUZZING], [test "x$enable_fuzzing" = xyes])
AM_CONDITIONAL([SANITIZERS], [test "x$enable_sanitizers" = xyes])
AC_SUBST([WARNING_CFLAGS])
AC_SUBST([BUILD_CFLAGS])
AC_SUBST([BUILD_LDFLAGS])
])
