module carryover/tools/mjml

go 1.26

require github.com/preslavrachev/gomjml v0.10.0
