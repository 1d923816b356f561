-- A turn that changes nothing but its session: most turns do.
--
-- KEYS  session
-- ARGV  stamp it was loaded with ('' for none), record, ms to keep it
-- gives 1, or 0 when the session has moved
if redis.call('GETRANGE', KEYS[1], 0, 11) ~= ARGV[1] then
	return 0
end
redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
return 1
