-- Who owns a thing for the next while: whoever did, or the first to ask.
--
-- KEYS  lease
-- ARGV  node, ms
-- gives 1 when it is the node's, 0 when it is another's
local owner = redis.call('GET', KEYS[1])
if owner and owner ~= ARGV[1] then
	return 0
end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1
