# The libraries we stand on; docs/ARCHITECTURE.md gives the reason for each.

AC_DEFUN([MLANGO_LIBRARIES], [
PKG_CHECK_MODULES([EVENT], [libevent_core >= 2.1.12 libevent_extra >= 2.1.12])
PKG_CHECK_MODULES([HIREDIS], [hiredis >= 0.14])
PKG_CHECK_MODULES([CONFIG], [libconfig >= 1.5])
PKG_CHECK_MODULES([JANSSON], [jansson >= 2.14])
PKG_CHECK_MODULES([CURL], [libcurl >= 7.85])
PKG_CHECK_MODULES([ICU], [icu-uc >= 72 icu-i18n >= 72])
PKG_CHECK_MODULES([PCRE2], [libpcre2-8 >= 10.42])
PKG_CHECK_MODULES([CRYPTO], [libcrypto >= 3.0])
PKG_CHECK_MODULES([EDIT], [libedit >= 3.1])
AC_CHECK_HEADER([uthash.h], [],
    [AC_MSG_ERROR([uthash.h is missing: apt install uthash-dev])])
])
