-- The node that makes a call is alive: nobody may take the call over yet.
--
-- KEYS  due, call
-- ARGV  member of due, ms until the node counts as dead
-- gives 1, or 0 when the call was closed
if redis.call('EXISTS', KEYS[2]) == 0 then
	return 0
end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('ZADD', KEYS[1], 'XX', now + ARGV[2], ARGV[1])
return 1
