# Turns storage/lua/NAME.lua into a C string lua_NAME.
FNR == 1 {
	if (NR > 1)
		print "    \"\";"
	name = FILENAME
	sub(/.*\//, "", name)
	sub(/\.lua$/, "", name)
	print "static const char lua_" name "[] ="
}
{
	gsub(/\\/, "\\\\")
	gsub(/"/, "\\\"")
	print "    \"" $0 "\\n\""
}
END {
	print "    \"\";"
}
