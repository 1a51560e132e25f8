"""Takes the list of second factors out of the admin: it shows secrets, and would let them be changed."""

from django.contrib import admin
from django_otp.plugins.otp_totp.models import TOTPDevice

admin.site.unregister(TOTPDevice)
