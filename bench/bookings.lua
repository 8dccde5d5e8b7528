-- wrk: places bookings of one night each, every one of another house and night, by guests in turn. COOKIES is a file with
-- a guest's a line, HOUSES one with an id a line, FIRST the first day (seconds since 1970).
local houses, cookies, day = {}, {}, 24 * 3600
for line in io.lines(os.getenv("HOUSES")) do houses[#houses + 1] = line end
for line in io.lines(os.getenv("COOKIES")) do cookies[#cookies + 1] = line end
local first, n = tonumber(os.getenv("FIRST")), 0

request = function()
  local night = first + math.floor(n / #houses) * day
  local body = string.format('{"house_id": %s, "start_date": "%s", "end_date": "%s"}', houses[n % #houses + 1],
    os.date("!%Y-%m-%d", night), os.date("!%Y-%m-%d", night + day))
  local headers = { ["Cookie"] = cookies[n % #cookies + 1], ["Content-Type"] = "application/json" }
  n = n + 1
  return wrk.format("POST", "/api/v1.0/orders", headers, body)
end

response = function(status, _, body)
  if status ~= 200 or not string.find(body, "order_id", 1, true) then
    io.write("Non-2xx: ", body, "\n")
  end
end
