-- A delivery receipt. The first final one stands; what comes after it is
-- heard and changes nothing.
--
-- KEYS  message
-- ARGV  state, 'final' or 'passing'
-- gives 1, or 0 when nobody knows the message any more
if redis.call('EXISTS', KEYS[1]) == 0 then
	return 0
end
if redis.call('HGET', KEYS[1], 'receipt') == 'final' then
	return 1
end
local time = redis.call('TIME')
redis.call('HSET', KEYS[1], 'state', ARGV[1], 'receipt', ARGV[2],
    'receipted', time[1] * 1000 + math.floor(time[2] / 1000))
return 1
