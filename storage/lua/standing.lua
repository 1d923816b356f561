-- What is published, and what was submitted, unless the asker knows it.
--
-- KEYS  version, live, candidates
-- ARGV  the version that the asker knows
-- gives the version; and if it is another, the fields of the two hashes
local version = tonumber(redis.call('GET', KEYS[1]) or 0)
if tostring(version) == ARGV[1] then
	return { version }
end
return { version, redis.call('HGETALL', KEYS[2]), redis.call('HGETALL', KEYS[3]) }
