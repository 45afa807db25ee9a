"""What stands between the network and the site: nobody takes a thread before what they send is here whole."""
