# What configure found, in the words of whoever is going to type make.

AC_DEFUN([MLANGO_SUMMARY], [
AS_IF([test "x$enable_hardening" = xno], [summary_extras="no hardening"],
    [summary_extras="hardened"])
AS_IF([test "x$enable_werror" = xyes],
    [summary_extras="$summary_extras, warnings are errors"])
AS_IF([test "x$enable_sanitizers" = xyes],
    [summary_extras="$summary_extras, sanitizers"])
AS_IF([test "x$enable_fuzzing" = xyes],
    [summary_extras="$summary_extras, libFuzzer"])
AS_IF([test "x$enable_coverage" = xyes],
    [summary_extras="$summary_extras, coverage"])
AS_IF([test -z "$test_tools_missing"], [summary_tests="all tools are here"],
    [summary_tests="missing:$test_tools_missing (./autogen.sh --deps=all)"])

cat >&AS_MESSAGE_FD <<EOF

$PACKAGE_NAME $PACKAGE_VERSION
  compiler    $CC, $summary_extras
  libsmpp34   $smpp34_version, $smpp34_trace
  redis       ${REDIS_SERVER:-missing (./autogen.sh --deps)}
  tests       $summary_tests

Next: make demo, to dial it; or make check, to prove it.
EOF
])
