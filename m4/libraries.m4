# The libraries we stand on; docs/ARCHITECTURE.md gives the reason for each.

AC_DEFUN([MLANGO_LIBRARIES], [
MLANGO_LIBRARY([EVENT], [libevent_core >= 2.1.12 libevent_extra >= 2.1.12])
MLANGO_LIBRARY([HIREDIS], [hiredis >= 0.14])
MLANGO_LIBRARY([CONFIG], [libconfig >= 1.5])
MLANGO_LIBRARY([JANSSON], [jansson >= 2.14])
MLANGO_LIBRARY([CURL], [libcurl >= 7.85])
MLANGO_LIBRARY([ICU], [icu-uc >= 72 icu-i18n >= 72])
MLANGO_LIBRARY([PCRE2], [libpcre2-8 >= 10.42])
MLANGO_LIBRARY([CRYPTO], [libcrypto >= 3.0])
MLANGO_LIBRARY([TLS], [libssl >= 3.0])
MLANGO_LIBRARY([EDIT], [libedit >= 3.1])
AC_CHECK_HEADER([uthash.h], [],
    [AC_MSG_ERROR([uthash.h is missing; ./autogen.sh --deps installs it])])
])

# MLANGO_LIBRARY(VARIABLES, MODULES)
AC_DEFUN([MLANGO_LIBRARY], [
PKG_CHECK_MODULES([$1], [$2], [],
    [AC_MSG_ERROR([$2 is missing; ./autogen.sh --deps installs it])])
])
