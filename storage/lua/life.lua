-- How long a menu's source stays, which is never shortened.
--
-- KEYS  graph
-- ARGV  'kept', 'ending' (also what was kept) or 'prolonged' (not that), ms
-- gives 1 when something changed
local left = redis.call('PTTL', KEYS[1])
if left == -2 then
	return 0
end
if ARGV[1] == 'kept' then
	return redis.call('PERSIST', KEYS[1])
end
if left >= tonumber(ARGV[2]) or (left == -1 and ARGV[1] ~= 'ending') then
	return 0
end
return redis.call('PEXPIRE', KEYS[1], ARGV[2])
