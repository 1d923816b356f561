# libsmpp34, the codec. Where possible we link a build copy of its archive in
# which the formatting of its trace is sent to gateway/pdu_trace.c.

AC_DEFUN([MLANGO_LIBSMPP34], [
AC_CHECK_HEADER([libsmpp34/smpp34.h], [],
    [AC_MSG_ERROR([libsmpp34 is missing: apt install libsmpp34-dev])],
    [#include <stdint.h>])
MLANGO_LIBSMPP34_VERSION
MLANGO_LIBSMPP34_SILENCED
])

# Before this version the library read past an unterminated string.
AC_DEFUN([MLANGO_LIBSMPP34_VERSION], [
AC_MSG_CHECKING([for the version of libsmpp34])
smpp34_fixed=1.14.1-3+deb12u1
smpp34_version=`dpkg-query -W -f '${Version}' libsmpp34-dev 2>/dev/null`
AS_IF([test -n "$smpp34_version"], [
	AC_MSG_RESULT([$smpp34_version])
	AS_IF([dpkg --compare-versions "$smpp34_version" lt "$smpp34_fixed"],
	    [AC_MSG_ERROR([libsmpp34 $smpp34_version reads past an dnl
unterminated string (CVE-2026-75895): apt install libsmpp34-dev for dnl
$smpp34_fixed or newer])])
], [
	smpp34_version=`$PKG_CONFIG --modversion libsmpp34 2>/dev/null`
	smpp34_version="${smpp34_version:-of unknown version}"
	smpp34_version="$smpp34_version (unknown package)"
	AC_MSG_RESULT([$smpp34_version])
])
AC_DEFINE_UNQUOTED([SMPP34_VERSION], ["$smpp34_version"],
    [The package that libsmpp34 came from.])
])

# $(SMPP34_SILENCE) FROM TO makes the copy; the proof is that a PDU is coded
# and the trace stays empty. A static copy does not follow the distribution's
# security updates, so `mlango --version` tells which it is.
AC_DEFUN([MLANGO_LIBSMPP34_SILENCED], [
AC_CHECK_TOOL([OBJCOPY], [objcopy])
SMPP34_ARCHIVE=`$CC -print-file-name=libsmpp34.a`
SMPP34_SILENCE="$OBJCOPY --redefine-sym __snprintf_chk=pdu_trace"
SMPP34_SILENCE="$SMPP34_SILENCE --redefine-sym snprintf=pdu_trace_plain"
AC_SUBST([OBJCOPY])
AC_SUBST([SMPP34_ARCHIVE])
AC_SUBST([SMPP34_SILENCE])

AC_MSG_CHECKING([whether the trace of libsmpp34 can be silenced])
smpp34_silenced=no
AS_IF([test "x$cross_compiling" = xyes], [smpp34_why="cross compiling"],
    [test -z "$OBJCOPY"], [smpp34_why="no objcopy"],
    [test ! -f "$SMPP34_ARCHIVE"], [smpp34_why="no static archive"],
    [! $SMPP34_SILENCE "$SMPP34_ARCHIVE" conftest-smpp34.a 2>&AS_MESSAGE_LOG_FD],
    [smpp34_why="objcopy refused"], [
	smpp34_why="the copy does not work"
	smpp34_saved_LIBS=$LIBS
	LIBS="conftest-smpp34.a $LIBS"
	AC_RUN_IFELSE([AC_LANG_PROGRAM([[
#include "$srcdir/gateway/pdu_trace.c"
#include <stdint.h>
#include <libsmpp34/smpp34.h>
#include <libsmpp34/smpp34_structs.h>
]], [[
	static const uint8_t want[16] = { [3] = 16, [7] = 0x15, [15] = 1 };
	enquire_link_t e = { .command_id = ENQUIRE_LINK, .sequence_number = 1 };
	uint8_t octets[32];
	int len = 0;

	if (smpp34_pack(ENQUIRE_LINK, octets, sizeof(octets), &len, &e) != 0)
		return 1;
	return len != 16 || memcmp(octets, want, 16) != 0 ||
	    smpp34_strerror[0] != 0;
]])], [smpp34_silenced=yes])
	LIBS=$smpp34_saved_LIBS
])
rm -f conftest-smpp34.a
AS_IF([test "x$smpp34_silenced" = xyes], [
	AC_MSG_RESULT([yes])
	smpp34_trace="trace silenced"
], [
	AC_MSG_RESULT([no ($smpp34_why): the slower shared library it is])
	smpp34_trace="shared library"
])
AC_DEFINE_UNQUOTED([SMPP34_TRACE], ["$smpp34_trace"],
    [Which libsmpp34 is linked.])
AM_CONDITIONAL([SMPP34_SILENCED], [test "x$smpp34_silenced" = xyes])
])
